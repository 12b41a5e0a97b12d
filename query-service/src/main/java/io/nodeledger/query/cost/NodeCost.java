package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;

/**
 * What a node was billed for in a span.
 *
 * @param hourlyRate what was agreed for it, USD per hour while it runs
 * @param metered time and cost within the span
 * @param rateAtEnd USD per hour at the span's end; zero when it was billed no longer
 */
record NodeCost(
        String nodeId,
        String name,
        String planId,
        String region,
        BigDecimal hourlyRate,
        MeterReading metered,
        BigDecimal rateAtEnd) {}
