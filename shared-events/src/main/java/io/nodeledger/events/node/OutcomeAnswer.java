package io.nodeledger.events.node;

/** How a node took the outcome of a step. */
public enum OutcomeAnswer {
    /** It is recorded now. */
    RECORDED,
    /** This outcome, or another of the same step, was recorded before. */
    ALREADY_RECORDED,
    /** The operation has ended; whoever reports must clean up after itself. */
    OPERATION_ENDED
}
