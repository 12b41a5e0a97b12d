package io.nodeledger.events.node;

import io.nodeledger.events.refusal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a node took the wish for an operation other than its deletion. */
public sealed interface OperationAnswer {
    /**
     * The operation runs, or is being called off.
     *
     * @param status the node's status from now on
     * @param drains whether workloads are being moved away first
     * @param estimatedEndAt when it will probably have ended; absent for one that is being called off
     * @param sequence number of the event after which this is visible
     */
    record Accepted(
            String nodeId,
            String operationId,
            NodeStatus status,
            boolean drains,
            @Nullable Instant estimatedEndAt,
            long sequence)
            implements OperationAnswer {}

    /**
     * The node is already as wished.
     *
     * @param sequence number of the node's last event
     */
    record Unchanged(String nodeId, NodeStatus status, long sequence) implements OperationAnswer {}

    /** It can't be done. */
    record Refused(Refusal refusal) implements OperationAnswer {}
}
