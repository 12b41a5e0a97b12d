package io.nodeledger.benchmarks.lag;

import java.time.Instant;

/**
 * An event that knows when it was made.
 *
 * @param number which one
 * @param epochNanos the wall clock right before it was appended, which all processes of a machine share
 */
public record Tick(int number, long epochNanos) {

    static Tick now(int number) {
        return new Tick(number, clock());
    }

    long ageNanos() {
        return clock() - epochNanos;
    }

    private static long clock() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
