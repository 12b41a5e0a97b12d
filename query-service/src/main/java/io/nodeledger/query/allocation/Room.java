package io.nodeledger.query.allocation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a node may be asked for, and what its pods ask for already.
 *
 * @param podsAllowed how many pods it may hold
 */
record Room(Amounts allocatable, Amounts requested, long podsAllowed, long pods) {
    private static final BigDecimal BEST = BigDecimal.valueOf(100);

    /**
     * Whether one more pod that asks for this fits, as the scheduler decides: what it does not ask for is not compared,
     * also where a node has promised more than it has.
     */
    boolean takes(Amounts asked) {
        return pods < podsAllowed
                && fits(asked.milliCpu(), allocatable.milliCpu(), requested.milliCpu())
                && fits(asked.memoryBytes(), allocatable.memoryBytes(), requested.memoryBytes())
                && fits(asked.storageBytes(), allocatable.storageBytes(), requested.storageBytes());
    }

    Amounts free() {
        return allocatable.without(requested);
    }

    /**
     * How evenly the node would be loaded with this: 100 less the points by which the requested part of its cores and that
     * of its memory differ. The scheduler's own balanced allocation compares the same two.
     */
    int evennessWith(Amounts asked) {
        var after = requested.plus(asked);
        var cpu = Part.of(after.milliCpu(), allocatable.milliCpu());
        var memory = Part.of(after.memoryBytes(), allocatable.memoryBytes());
        var whole = cpu.whole().multiply(memory.whole());
        var difference = cpu.taken()
                .multiply(memory.whole())
                .subtract(memory.taken().multiply(cpu.whole()))
                .abs();
        return whole.subtract(difference)
                .multiply(BEST)
                .divide(whole, 0, RoundingMode.HALF_UP)
                .intValueExact();
    }

    /** A fraction; one of nothing is taken altogether. */
    private record Part(BigDecimal taken, BigDecimal whole) {
        static Part of(long requested, long allocatable) {
            return requested >= allocatable
                    ? new Part(BigDecimal.ONE, BigDecimal.ONE)
                    : new Part(BigDecimal.valueOf(requested), BigDecimal.valueOf(allocatable));
        }
    }

    private static boolean fits(long asked, long allocatable, long requested) {
        return asked == 0 || asked <= allocatable - requested;
    }
}
