package io.nodeledger.events.node;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A node is started, stopped or rebooted. Part of its lifecycle: these leave the system. */
public sealed interface PowerEvent extends NodeEvent {
    /** The workspace that owns the node. */
    String workspaceId();

    /** The start, stop or reboot. */
    String operationId();

    /**
     * A start, stop or reboot has begun.
     *
     * @param drain whether workloads are moved away first
     * @param force whether they may be lost, and the machine be powered off hard
     * @param drainTimeoutSeconds how long moving them away may take
     */
    @Revision("1")
    record PowerOperationStarted(
            String nodeId,
            String workspaceId,
            String operationId,
            OperationType type,
            NodeStatus formerStatus,
            boolean drain,
            boolean force,
            int drainTimeoutSeconds,
            Instant estimatedEndAt,
            Instant effectiveAt)
            implements PowerEvent {}

    /** The node was powered on and is Ready; from now on it is billed as running. */
    @Revision("1")
    record NodeStarted(String nodeId, String workspaceId, String operationId, Instant effectiveAt)
            implements PowerEvent {}

    /** The node was powered off; its data is kept. */
    @Revision("1")
    record NodeStopped(String nodeId, String workspaceId, String operationId, Instant effectiveAt)
            implements PowerEvent {}

    /** The node was powered off and on, and is Ready again. */
    @Revision("1")
    record NodeRebooted(String nodeId, String workspaceId, String operationId, Instant effectiveAt)
            implements PowerEvent {}

    /**
     * A start, stop or reboot failed or was called off.
     *
     * @param status what the node really is in now
     */
    @Revision("1")
    record PowerOperationFailed(
            String nodeId,
            String workspaceId,
            String operationId,
            OperationType type,
            NodeStatus status,
            Step failedStep,
            String code,
            String reason,
            Instant effectiveAt)
            implements PowerEvent {}
}
