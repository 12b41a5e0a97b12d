package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.model.node.Footprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a node's stream says of it, as far as the outside can differ from it.
 *
 * @param operationId the operation that runs, if any; while one does, the outside is its business alone
 * @param settledAt time of the last event that was not a mere step
 * @param footprint what should exist of it
 */
record KnownNode(
        String nodeId,
        String workspaceId,
        String region,
        NodeStatus status,
        @Nullable String operationId,
        Instant settledAt,
        Footprint footprint) {

    static KnownNode begin(NodeProvisioningStarted event) {
        return new KnownNode(
                event.nodeId(),
                event.workspaceId(),
                event.region(),
                NodeStatus.PROVISIONING,
                event.operationId(),
                event.effectiveAt(),
                Footprint.NONE);
    }

    /** Name of its Kubernetes node (source: rulings, "State machine"). */
    String kubernetesName() {
        return nodeId + "-k8s";
    }

    /** Whether an operation works on it outside. */
    boolean isInFlight() {
        return operationId != null;
    }

    /**
     * Whether a listing that began at that moment can be held against it: no operation runs, and none ended since.
     */
    boolean isSettledBefore(Instant listedAt) {
        return !isInFlight() && settledAt.isBefore(listedAt);
    }

    /** Whether it has its machine, on or off, as it should. */
    boolean isWell() {
        return status == NodeStatus.RUNNING || status == NodeStatus.STOPPED;
    }

    /** Whether it is gone, or has lost its machine, so that whatever is left of it outside is left over. */
    boolean hasEnded() {
        return status == NodeStatus.DELETED || (status == NodeStatus.ERROR && footprint.machine() == null);
    }

    /** The node after one of its events. */
    KnownNode after(NodeEvent event) {
        Footprint next = footprint.after(event);
        if (event instanceof NodeEvent.Progress || event instanceof HealthEvent || event instanceof SettingsEvent) {
            return new KnownNode(nodeId, workspaceId, region, status, operationId, settledAt, next);
        }
        return new KnownNode(
                nodeId,
                workspaceId,
                region,
                NodeStatus.after(event).orElse(status),
                operationAfter(event),
                event.effectiveAt(),
                next);
    }

    private @Nullable String operationAfter(NodeEvent event) {
        return switch (event) {
            case NodeProvisioningStarted _ -> throw new IllegalStateException(nodeId + " begins twice");
            case NodeEvent.NodeProvisioningRetried begun -> begun.operationId();
            case NodeEvent.NodeDeletionStarted begun -> begun.operationId();
            case PowerEvent.PowerOperationStarted begun -> begun.operationId();
            case UpdateEvent.NodeUpdateStarted begun -> begun.operationId();
            default -> OperationEnd.in(event).isPresent() ? null : operationId;
        };
    }
}
