package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/** What nodes cost in a span, with each part's share of the total. */
final class Bill<T extends Billed> {
    private final List<T> items;
    private final MeterReading metered;
    private final long cents;

    /**
     * Adds up.
     *
     * @param items in an order that does not change: parts that lost the same by rounding are made up for in it
     */
    Bill(List<T> items) {
        this.items = List.copyOf(items);
        this.metered = sum(items);
        this.cents = LargestRemainder.cents(metered);
    }

    /** A part of a bill: its cents, and how many nodes are behind it. */
    record Part<K>(K key, long cents, int nodes) {}

    List<T> items() {
        return items;
    }

    MeterReading metered() {
        return metered;
    }

    long cents() {
        return cents;
    }

    /** Each item's share. */
    List<Part<T>> shares() {
        long[] shares = LargestRemainder.shares(
                cents, items.stream().map(Billed::metered).toList());
        var parts = new ArrayList<Part<T>>(shares.length);
        for (T item : items) {
            parts.add(new Part<>(item, shares[parts.size()], item.nodes()));
        }
        return parts;
    }

    /** The shares of what items have in common, in its order. */
    List<Part<String>> by(Function<T, String> key) {
        var groups = new TreeMap<String, List<T>>();
        items.forEach(item ->
                groups.computeIfAbsent(key.apply(item), _ -> new ArrayList<>()).add(item));
        long[] shares = LargestRemainder.shares(
                cents, groups.values().stream().map(Bill::sum).toList());
        var parts = new ArrayList<Part<String>>(shares.length);
        groups.forEach((word, group) -> parts.add(new Part<>(
                word,
                shares[parts.size()],
                group.stream().mapToInt(Billed::nodes).sum())));
        return parts;
    }

    /** What it comes to when everything goes on at its rate for that long. */
    long centsAfter(Duration rest) {
        BigDecimal rates = items.stream().map(Billed::rateAtEnd).reduce(BigDecimal.ZERO, BigDecimal::add);
        var further = new MeterReading(rates.multiply(BigDecimal.valueOf(rest.toMillis())), 0, 0);
        return LargestRemainder.cents(metered.and(further));
    }

    private static MeterReading sum(List<? extends Billed> items) {
        BigDecimal rateMillis = BigDecimal.ZERO;
        long running = 0;
        long stopped = 0;
        for (Billed item : items) {
            rateMillis = rateMillis.add(item.metered().rateMillis());
            running += item.metered().runningMillis();
            stopped += item.metered().stoppedMillis();
        }
        return new MeterReading(rateMillis, running, stopped);
    }
}
