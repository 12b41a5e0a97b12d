package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What some nodes cost in a span, with each part's share of the total.
 *
 * @param nodes by id
 */
record Bill(List<NodeCost> nodes) {
    /** A part of a bill: its cents, and the nodes that are behind it. */
    record Part<K>(K key, long cents, int nodes) {}

    MeterReading metered() {
        return nodes.stream().map(NodeCost::metered).reduce(MeterReading.ZERO, MeterReading::and);
    }

    long cents() {
        return LargestRemainder.cents(metered());
    }

    /** Each node's share, the dearest first. */
    List<Part<NodeCost>> byNode() {
        long[] shares = LargestRemainder.shares(
                cents(), nodes.stream().map(NodeCost::metered).toList());
        var parts = new ArrayList<Part<NodeCost>>(shares.length);
        for (int i = 0; i < shares.length; i++) {
            parts.add(new Part<>(nodes.get(i), shares[i], 1));
        }
        parts.sort(Comparator.comparingLong((Part<NodeCost> part) -> part.cents())
                .reversed()
                .thenComparing(part -> part.key().nodeId()));
        return parts;
    }

    /** The shares of what nodes have in common, in its order. */
    List<Part<String>> by(Function<NodeCost, String> key) {
        var groups = new TreeMap<String, List<NodeCost>>();
        nodes.forEach(node ->
                groups.computeIfAbsent(key.apply(node), _ -> new ArrayList<>()).add(node));
        long[] shares = LargestRemainder.shares(
                cents(),
                groups.values().stream().map(group -> new Bill(group).metered()).toList());
        var parts = new ArrayList<Part<String>>(shares.length);
        groups.forEach((word, group) -> parts.add(new Part<>(word, shares[parts.size()], group.size())));
        return parts;
    }

    /** What it comes to when every node goes on at its rate for that long. */
    long centsAfter(Duration rest) {
        BigDecimal rates = nodes.stream().map(NodeCost::rateAtEnd).reduce(BigDecimal.ZERO, BigDecimal::add);
        var further = new MeterReading(rates.multiply(BigDecimal.valueOf(rest.toMillis())), 0, 0);
        return LargestRemainder.cents(metered().and(further));
    }
}
