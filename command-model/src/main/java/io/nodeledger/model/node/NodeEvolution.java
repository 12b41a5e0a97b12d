package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.model.operation.OperationProgress;
import org.jspecify.annotations.Nullable;

/** The node's state machine: which state follows which event. An event that a state can't take is a bug. */
final class NodeEvolution {
    private NodeEvolution() {}

    static NodeState after(@Nullable NodeState state, NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted e
            when state == null ->
                new NodeState.Provisioning(OperationProgress.begin(e.operationId(), OperationType.PROVISION));
            case NodeEvent.NodeProvisioningCompleted _
            when state instanceof NodeState.Provisioning -> new NodeState.Running();
            case NodeEvent.NodeProvisioningFailed _
            when state instanceof NodeState.Provisioning -> new NodeState.InError();
            case NodeEvent.OperationCancelled _ when state instanceof NodeState.Provisioning -> state;
            case NodeEvent.NodeDeletionStarted e
            when isDeletable(state) ->
                new NodeState.Deleting(
                        OperationProgress.begin(e.operationId(), OperationType.DELETE), e.formerStatus(), e.force());
            case NodeEvent.NodeDeletionForced _
            when state instanceof NodeState.Deleting deleting ->
                new NodeState.Deleting(deleting.operation().forced(), deleting.former(), true);
            case NodeEvent.NodeDeletionFailed e
            when state instanceof NodeState.Deleting -> NodeState.settled(e.status());
            case NodeEvent.NodeDeleted _ when state instanceof NodeState.Deleting -> new NodeState.Deleted();
            case NodeEvent.NodeNeedsAttention _
            when state instanceof NodeState.Provisioning || state instanceof NodeState.Deleting ->
                new NodeState.InError();
            case NodeEvent.Progress e
            when state instanceof NodeState.Provisioning(var operation) ->
                new NodeState.Provisioning(operation.after(e));
            case NodeEvent.Progress e
            when state instanceof NodeState.Deleting deleting ->
                new NodeState.Deleting(deleting.operation().after(e), deleting.former(), deleting.force());
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static boolean isDeletable(@Nullable NodeState state) {
        return state instanceof NodeState.Provisioning
                || state instanceof NodeState.Running
                || state instanceof NodeState.InError;
    }

    /** The stream says something that can't be: the log or the state machine is wrong. */
    static final class IllegalEvent extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        IllegalEvent(@Nullable NodeState state, NodeEvent event) {
            super("%s can't follow %s in node %s"
                    .formatted(event.getClass().getSimpleName(), state == null ? "nothing" : state, event.nodeId()));
        }
    }
}
