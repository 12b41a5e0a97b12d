package io.nodeledger.events.transition.record;

/** What lies behind a transition for good, besides its start and its switch, of which the times are known. */
public enum Milestone {
    /** Its nodes are its own. */
    RESERVED,
    /** Every workload runs where it was to move. */
    WORKLOADS_MOVED,
    /** Every workload runs where it ran before. */
    MOVED_BACK,
    /** Its nodes are their users' again. */
    GIVEN_BACK
}
