package io.nodeledger.events.transition;

import java.util.Locale;

/** How a transition stands (source: API decisions, "Transitions"). */
public enum TransitionStatus {
    /** It waits for its window, for its first one or for another. */
    SCHEDULED,
    /** Its nodes are being made. */
    PROVISIONING,
    /** Its machines are being backed up. */
    BACKING_UP,
    /** Workloads move to dedicated nodes, or back to where they were. */
    MIGRATING,
    /** Workloads move away from dedicated nodes, and these are deleted. */
    DRAINING,
    /** The workspace is where it was to be. */
    COMPLETED,
    /** The workspace is as it was before. */
    FAILED,
    /** The workspace is as it was before, because a caller wanted that. */
    CANCELLED;

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nothing more happens. */
    public boolean isEnd() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }
}
