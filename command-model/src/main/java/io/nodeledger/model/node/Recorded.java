package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
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

    /** It was, and that was the last event that it led to. */
    static Recorded with(NodeEvent last) {
        Settlement settlement = switch (last) {
            case NodeProvisioningFailed _ -> Settlement.RELEASE_HOLD;
            case NodeDeleted _ -> Settlement.RELEASE_NODE;
            default -> Settlement.NONE;
        };
        return new Recorded(OutcomeAnswer.RECORDED, settlement);
    }

    static Recorded nothing(OutcomeAnswer answer) {
        return new Recorded(answer, Settlement.NONE);
    }
}
