package io.nodeledger.webhook.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When a delivery is tried again (source: Standard Webhooks, "Retry schedule"): each pause after the attempt before it, up to
 * a tenth longer, so that what failed together does not come back together.
 */
final class RetrySchedule {
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    private static final double JITTER = 0.1;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final RandomGenerator random;

    RetrySchedule(RandomGenerator random) {
        this.random = random;
    }

    /**
     * The pause before the next attempt, none when there is none left.
     *
     * @param tries attempts made so far, at least one
     * @param asked how long the endpoint has asked to be left alone, zero if it has not
     */
    Optional<Duration> pauseAfter(int tries, Duration asked) {
        if (tries > PAUSES.size()) {
            return Optional.empty();
        }
        Duration planned = PAUSES.get(tries - 1);
        var late = Duration.ofMillis((long) (planned.toMillis() * JITTER * random.nextDouble()));
        Duration wished = asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
        return Optional.of((planned.compareTo(wished) < 0 ? wished : planned).plus(late));
    }
}
