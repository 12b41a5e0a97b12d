package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;

/**
 * What a node was billed for.
 *
 * @param hourlyRate what was agreed for it, USD per hour while it runs
 */
record NodeCost(
        String nodeId,
        String name,
        String planId,
        String region,
        BigDecimal hourlyRate,
        MeterReading metered,
        BigDecimal rateAtEnd)
        implements Billed {
    @Override
    public int nodes() {
        return 1;
    }
}
