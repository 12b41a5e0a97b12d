package io.nodeledger.query.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.base.web.Money;
import io.nodeledger.query.cost.Bill.Part;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The costs of a period (source: contract, "Get Node Costs"; from, to and currency are additive). Every array sums to
 * the total exactly.
 *
 * @param projectedCost with what every node costs at its rate of now until the period ends; absent when that is over
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CostView(
        BigDecimal totalCost,
        @Nullable BigDecimal projectedCost,
        String currency,
        Instant from,
        Instant to,
        @Nullable List<OfNode> byNode,
        @Nullable List<OfPlan> byPlan,
        @Nullable List<OfRegion> byRegion) {

    static final String CURRENCY = "USD";

    /** One node; hours with at most two decimals. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OfNode(String nodeId, String name, BigDecimal cost, BigDecimal hourlyRate, BigDecimal hoursRunning) {
        private static final BigDecimal MILLIS_PER_HOUR =
                BigDecimal.valueOf(Duration.ofHours(1).toMillis());

        static OfNode of(Part<NodeCost> part) {
            var node = part.key();
            return new OfNode(
                    node.nodeId(),
                    node.name(),
                    LargestRemainder.shown(part.cents()),
                    Money.rate(node.hourlyRate()),
                    hours(node.metered().runningMillis()));
        }

        private static BigDecimal hours(long millis) {
            var hours = BigDecimal.valueOf(millis)
                    .divide(MILLIS_PER_HOUR, 2, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            return hours.scale() < 0 ? hours.setScale(0) : hours;
        }
    }

    /** All nodes of a plan. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OfPlan(String planId, String planName, BigDecimal cost, int nodeCount) {}

    /** All nodes in a region. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OfRegion(String region, BigDecimal cost, int nodeCount) {}

    /** Each node, the dearest first. */
    static List<OfNode> byNode(Bill<NodeCost> bill) {
        return bill.shares().stream()
                .sorted(Comparator.comparingLong((Part<NodeCost> part) -> part.cents())
                        .reversed()
                        .thenComparing(part -> part.key().nodeId()))
                .map(OfNode::of)
                .toList();
    }

    static List<OfRegion> byRegion(Bill<? extends Billed> bill) {
        return bill.by(Billed::region).stream()
                .map(part -> new OfRegion(part.key(), LargestRemainder.shown(part.cents()), part.nodes()))
                .toList();
    }
}
