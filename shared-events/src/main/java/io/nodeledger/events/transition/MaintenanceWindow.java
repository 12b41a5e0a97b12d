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
    public MaintenanceWindow {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("A window that ends at " + end + " can't begin at " + start);
        }
    }

    /** How long it is open. */
    public Duration length() {
        return Duration.between(start, end);
    }

    /** Whether it has opened and leaves that much time. */
    public boolean leaves(Duration needed, Instant now) {
        return !now.isBefore(start) && !now.plus(needed).isAfter(end);
    }
}
