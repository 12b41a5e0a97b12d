package io.nodeledger.query.cost;

import io.nodeledger.query.cost.Bill.Part;
import io.nodeledger.query.cost.Period.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** What a period cost, what it would have cost, and the difference, which is negative where it would have been less. */
@JsonNaming(SnakeCaseStrategy.class)
record SimulationView(
        String period,
        Instant from,
        Instant to,
        BigDecimal totalCost,
        BigDecimal simulatedCost,
        BigDecimal difference,
        String currency,
        List<OfPlan> byPlan) {

    /** All nodes of a plan; costs sum to those of the whole. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OfPlan(String planId, int nodeCount, BigDecimal cost, BigDecimal simulatedCost, BigDecimal difference) {
        static OfPlan of(Part<String> now, Part<String> then) {
            return new OfPlan(
                    now.key(),
                    now.nodes(),
                    LargestRemainder.shown(now.cents()),
                    LargestRemainder.shown(then.cents()),
                    LargestRemainder.shown(then.cents() - now.cents()));
        }
    }

    static SimulationView of(Period period, Span span, Bill<NodeCost> bill, Bill<NodeCost> simulated) {
        var now = bill.by(NodeCost::planId);
        var then = simulated.by(NodeCost::planId);
        var plans = new ArrayList<OfPlan>(now.size());
        for (Part<String> part : now) {
            plans.add(OfPlan.of(part, then.get(plans.size())));
        }
        return new SimulationView(
                period.word(),
                span.from(),
                span.to(),
                LargestRemainder.shown(bill.cents()),
                LargestRemainder.shown(simulated.cents()),
                LargestRemainder.shown(simulated.cents() - bill.cents()),
                CostView.CURRENCY,
                plans);
    }
}
