package io.nodeledger.model.node;

import io.nodeledger.events.node.OutcomeAnswer;

/**
 * How a node took the outcome of a step, and what its workspace has to do in the same transaction.
 *
 * @param settlement what follows for the workspace
 */
record Recorded(OutcomeAnswer answer, Settlement settlement) {
    /** What the end of an operation means for the workspace that owns the node. */
    enum Settlement {
        /** Nothing. */
        NONE,
        /** The credits held for the node are free again; the node stays. */
        RELEASE_HOLD,
        /** The node is gone. */
        RELEASE_NODE
    }

    static Recorded nothing(OutcomeAnswer answer) {
        return new Recorded(answer, Settlement.NONE);
    }
}
