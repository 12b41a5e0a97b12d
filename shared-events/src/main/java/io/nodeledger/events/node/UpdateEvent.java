package io.nodeledger.events.node;

import io.nodeledger.events.operation.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;

/** A node's labels and taints are changed. Part of its lifecycle: these leave the system. */
public sealed interface UpdateEvent extends NodeEvent {
    /** The workspace that owns the node. */
    String workspaceId();

    /** The update. */
    String operationId();

    /**
     * Labels and taints are to be these.
     *
     * @param labels all of the user's labels from now on
     * @param taints all taints from now on
     */
    @Revision("1")
    record NodeUpdateStarted(
            String nodeId,
            String workspaceId,
            String operationId,
            Map<String, String> labels,
            List<Taint> taints,
            Instant estimatedEndAt,
            Instant effectiveAt)
            implements UpdateEvent {}

    /** The Kubernetes node has its new labels and taints. */
    @Revision("1")
    record NodeUpdated(String nodeId, String workspaceId, String operationId, Instant effectiveAt)
            implements UpdateEvent {}

    /**
     * The cluster would not take them.
     *
     * @param labels the labels that the node had before and still has
     * @param taints the taints that the node had before and still has
     */
    @Revision("1")
    record NodeUpdateFailed(
            String nodeId,
            String workspaceId,
            String operationId,
            Map<String, String> labels,
            List<Taint> taints,
            Step failedStep,
            String code,
            String reason,
            Instant effectiveAt)
            implements UpdateEvent {}
}
