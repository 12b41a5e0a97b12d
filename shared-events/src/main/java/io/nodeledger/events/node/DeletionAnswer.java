package io.nodeledger.events.node;

import io.nodeledger.events.refusal.Refusal;

/** How a node took the wish to delete it. */
public sealed interface DeletionAnswer {
    /**
     * The deletion runs.
     *
     * @param taskId its operation, the same for every repetition
     * @param drains whether workloads are being moved away, or will be
     * @param sequence position in the node's stream after which the deletion is visible
     */
    record Deleting(String taskId, boolean drains, long sequence) implements DeletionAnswer {}

    /** It can't be deleted. */
    record Refused(Refusal refusal) implements DeletionAnswer {}
}
