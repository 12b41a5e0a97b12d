package io.nodeledger.model.node;

import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdated;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.model.operation.OperationProgress.Failure;
import java.time.Instant;

/**
 * The end of an operation whose steps are done, or undone.
 *
 * @param besides what could not be undone, to be said beside the failure; empty when everything was
 */
record OperationEnding(NodeSnapshot node, OperationProgress operation, String besides, Instant at) {
    NodeEvent event() {
        Failure failure = operation.failure();
        return failure == null ? success() : failed(failure);
    }

    private NodeEvent success() {
        String nodeId = node.id();
        String workspaceId = node.workspaceId();
        String id = operation.id();
        return switch (operation.type()) {
            case PROVISION ->
                throw new IllegalStateException(id + " ends with a node that is Ready, not with its steps");
            case DELETE -> new NodeDeleted(nodeId, workspaceId, id, node.name(), at);
            case START -> new NodeStarted(nodeId, workspaceId, id, at);
            case STOP -> new NodeStopped(nodeId, workspaceId, id, at);
            case REBOOT -> new NodeRebooted(nodeId, workspaceId, id, at);
            case UPDATE -> new NodeUpdated(nodeId, workspaceId, id, at);
        };
    }

    private NodeEvent failed(Failure failure) {
        String nodeId = node.id();
        String workspaceId = node.workspaceId();
        String id = operation.id();
        String reason = failure.reason() + besides;
        OperationType type = operation.type();
        return switch (type) {
            case PROVISION ->
                new NodeProvisioningFailed(nodeId, workspaceId, id, failure.step(), failure.code(), reason, at);
            case DELETE ->
                new NodeDeletionFailed(nodeId, workspaceId, id, real(), failure.step(), failure.code(), reason, at);
            case START, STOP, REBOOT ->
                new PowerOperationFailed(
                        nodeId, workspaceId, id, type, real(), failure.step(), failure.code(), reason, at);
            case UPDATE -> throw new IllegalStateException(id + " has nothing that could be undone");
        };
    }

    /** What the node really is in, by what its machine was seen to do. One that never was Ready can't be running. */
    private NodeStatus real() {
        MachinePower found = operation.found();
        if (node.footprint().kubernetes() == null || found == null) {
            return NodeStatus.ERROR;
        }
        return switch (found) {
            case ON -> NodeStatus.RUNNING;
            case OFF -> NodeStatus.STOPPED;
            case GONE -> NodeStatus.ERROR;
        };
    }
}
