package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;

/** Something that a bill is made up of. */
interface Billed {
    /** Time and cost within the bill's span. */
    MeterReading metered();

    /** USD per hour at the span's end; zero where nothing is billed any longer. */
    BigDecimal rateAtEnd();

    /** How many nodes are behind it. */
    int nodes();

    /** Their plan. */
    String planId();

    /** Where they are. */
    String region();
}
