package io.nodeledger.events.transition;

import java.time.Duration;
import java.time.Instant;

/**
 * When workloads may be disturbed.
 *
 * @param start from then on
 * @param end from then on no longer
 */
public record MaintenanceWindow(Instant start, Instant end) {
    /** The part of an estimate that is a guess. */
    private static final int A_TENTH = 10;

    /** Nobody looks at the very moment at which it opens, or a node is empty. */
    private static final Duration PUNCTUAL = Duration.ofSeconds(2);

    /** However long something takes, it does not go on for long after the window. */
    private static final Duration MOST_OVERTIME = Duration.ofMinutes(1);

    public MaintenanceWindow {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A window that ends at " + end + " can't begin at " + start);
        }
    }

    /** How long it is open. */
    public Duration length() {
        return Duration.between(start, end);
    }

    /**
     * Whether it is open and leaves about that much time: one that is as long as what it is for is not missed by a moment.
     * A tenth of the time may be lacking, at least 2 s and at most a minute.
     */
    public boolean leaves(Duration needed, Instant now) {
        Duration guess = needed.dividedBy(A_TENTH);
        Duration atLeast = guess.compareTo(PUNCTUAL) > 0 ? guess : PUNCTUAL;
        Duration slack = atLeast.compareTo(MOST_OVERTIME) < 0 ? atLeast : MOST_OVERTIME;
        return !now.isBefore(start)
                && now.isBefore(end)
                && !now.plus(needed).minus(slack).isAfter(end);
    }
}
