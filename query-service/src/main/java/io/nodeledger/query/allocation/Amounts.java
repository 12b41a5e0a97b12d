package io.nodeledger.query.allocation;

import io.nodeledger.query.quantity.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * Amounts of what the scheduler compares, none negative; a sum that is too large for a {@code long} is the largest one.
 *
 * @param milliCpu thousandths of a core
 * @param memoryBytes memory
 * @param storageBytes ephemeral storage
 */
record Amounts(long milliCpu, long memoryBytes, long storageBytes) {
    static final Amounts NONE = new Amounts(0, 0, 0);

    /** Of quantities by resource; one that is absent is none, as for the scheduler. */
    static Amounts of(Map<String, String> printed) {
        return new Amounts(
                quantity(printed, "cpu").map(Quantity::milli).orElse(0L),
                quantity(printed, "memory").map(Quantity::whole).orElse(0L),
                quantity(printed, "ephemeral-storage").map(Quantity::whole).orElse(0L));
    }

    /** Of something that is counted, such as pods. */
    static long count(Map<String, String> printed, String resource) {
        return quantity(printed, resource).map(Quantity::whole).orElse(0L);
    }

    Amounts plus(Amounts other) {
        return new Amounts(
                sum(milliCpu, other.milliCpu),
                sum(memoryBytes, other.memoryBytes),
                sum(storageBytes, other.storageBytes));
    }

    /** What is left of this; none where more is taken than there is. */
    Amounts without(Amounts taken) {
        return new Amounts(
                Math.max(0, milliCpu - taken.milliCpu),
                Math.max(0, memoryBytes - taken.memoryBytes),
                Math.max(0, storageBytes - taken.storageBytes));
    }

    private static Optional<Quantity> quantity(Map<String, String> printed, String resource) {
        return Optional.ofNullable(printed.get(resource))
                .flatMap(Quantity::parse)
                .filter(one -> !one.isNegative());
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
