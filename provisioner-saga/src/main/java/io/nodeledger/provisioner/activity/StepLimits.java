package io.nodeledger.provisioner.activity;

import java.time.Duration;

/**
 * The bounds of a step.
 *
 * @param deadline time from when it became due until it counts as failed, waits included, queueing and outages not
 * @param attempts how many failed attempts end it
 * @param firstBackoff pause after the first failed attempt; it doubles up to {@code maxBackoff}
 * @param maxBackoff longest pause between attempts
 */
public record StepLimits(Duration deadline, int attempts, Duration firstBackoff, Duration maxBackoff) {
    /** Limits with the usual pauses of 0.5 s up to 30 s. */
    public static StepLimits of(Duration deadline, int attempts) {
        return new StepLimits(deadline, attempts, Duration.ofMillis(500), Duration.ofSeconds(30));
    }

    /** The pause after a failed attempt. */
    Duration backoffAfter(int attempt) {
        Duration pause = firstBackoff.multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(maxBackoff) > 0 ? maxBackoff : pause;
    }
}
