package io.nodeledger.base.ratelimit;

import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;

/**
 * How much of a quota is left.
 *
 * @param within whether the request was within it
 * @param remaining whole requests that may follow at once
 * @param full time until all of the quota is there again
 * @param next time until one more request may come, zero when it may now
 */
record Level(Quota quota, boolean within, long remaining, Duration full, Duration next) {
    static Level of(Quota quota, ConsumptionProbe probe) {
        return new Level(
                quota,
                probe.isConsumed(),
                Math.max(0, probe.getRemainingTokens()),
                Duration.ofNanos(probe.getNanosToWaitForReset()),
                Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    /** The part of the quota that is left; what is scarcest is told first. */
    double share() {
        return (double) remaining / quota.limit();
    }

    /** Whole seconds, rounded up: sooner than that would be too soon. */
    static long seconds(Duration time) {
        return time.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
