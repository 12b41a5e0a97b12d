package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Other rates than those that were agreed.
 *
 * @param plans by the plan's id
 * @param stoppedRate USD per hour of every stopped node whose plan is not given one; null leaves it as it was agreed
 */
record Simulation(Map<String, OtherRates> plans, @Nullable BigDecimal stoppedRate) {
    /** A plan's rates, USD per hour; what is null stays as it was agreed. */
    record OtherRates(
            @Nullable BigDecimal hourlyRate, @Nullable BigDecimal stoppedRate) {}

    private static final OtherRates AS_AGREED = new OtherRates(null, null);

    /** What the node would have cost for the same time. */
    NodeCost of(NodeCost node) {
        var rates = plans.getOrDefault(node.planId(), AS_AGREED);
        MeterReading metered = node.metered();
        BigDecimal agreedRunning = node.hourlyRate().multiply(BigDecimal.valueOf(metered.runningMillis()));
        BigDecimal running = rates.hourlyRate() == null
                ? agreedRunning
                : rates.hourlyRate().multiply(BigDecimal.valueOf(metered.runningMillis()));
        BigDecimal otherStopped = rates.stoppedRate() == null ? stoppedRate : rates.stoppedRate();
        BigDecimal stopped = otherStopped == null
                ? metered.rateMillis().subtract(agreedRunning)
                : otherStopped.multiply(BigDecimal.valueOf(metered.stoppedMillis()));
        return new NodeCost(
                node.nodeId(),
                node.name(),
                node.planId(),
                node.region(),
                rates.hourlyRate() == null ? node.hourlyRate() : rates.hourlyRate(),
                new MeterReading(running.add(stopped), metered.runningMillis(), metered.stoppedMillis()),
                node.rateAtEnd());
    }
}
