package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
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
        return switch (event) {
            case NodeProvisioningStarted _ -> throw new IllegalStateException(nodeId + " begins twice");
            case NodeEvent.Progress _ -> with(next);
            case NodeEvent.NodeProvisioningCompleted e -> settled(NodeStatus.RUNNING, next, e);
            case NodeEvent.NodeProvisioningFailed e -> settled(NodeStatus.ERROR, next, e);
            case NodeEvent.OperationCancelled e -> settled(status, next, e);
            case NodeEvent.NodeDeletionStarted e -> in(NodeStatus.DELETING, e.operationId(), next, e);
            case NodeEvent.NodeDeletionForced e -> in(status, operationId, next, e);
            case NodeEvent.NodeDeletionFailed e -> settled(e.status(), next, e);
            case NodeEvent.NodeDeleted e -> settled(NodeStatus.DELETED, next, e);
            case NodeEvent.NodeNeedsAttention e -> settled(NodeStatus.ERROR, next, e);
            case NodeEvent.MachineVanished e -> settled(NodeStatus.ERROR, next, e);
            case NodeEvent.MachineFoundOff e -> settled(NodeStatus.STOPPED, next, e);
            case NodeEvent.MachineFoundOn e -> settled(NodeStatus.RUNNING, next, e);
            case NodeEvent.Observed e -> in(status, operationId, next, e);
            case NodeEvent.NodeProvisioningRetried e -> in(NodeStatus.PROVISIONING, e.operationId(), next, e);
            case NodeEvent.CancellationRequested e -> in(status, operationId, next, e);
            case PowerEvent e -> afterPower(e, next);
            case UpdateEvent.NodeUpdateStarted e -> in(status, e.operationId(), next, e);
            case UpdateEvent e -> settled(status, next, e);
        };
    }

    private KnownNode afterPower(PowerEvent event, Footprint next) {
        return switch (event) {
            case PowerEvent.PowerOperationStarted e -> in(NodeStatus.during(e.type()), e.operationId(), next, e);
            case PowerEvent.NodeStarted _, PowerEvent.NodeRebooted _ -> settled(NodeStatus.RUNNING, next, event);
            case PowerEvent.NodeStopped _ -> settled(NodeStatus.STOPPED, next, event);
            case PowerEvent.PowerOperationFailed e -> settled(e.status(), next, e);
        };
    }

    private KnownNode with(Footprint next) {
        return new KnownNode(nodeId, workspaceId, region, status, operationId, settledAt, next);
    }

    private KnownNode settled(NodeStatus reached, Footprint next, NodeEvent event) {
        return in(reached, null, next, event);
    }

    private KnownNode in(NodeStatus reached, @Nullable String operation, Footprint next, NodeEvent event) {
        return new KnownNode(nodeId, workspaceId, region, reached, operation, event.effectiveAt(), next);
    }
}
