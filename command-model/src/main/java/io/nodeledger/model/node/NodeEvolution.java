package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.model.operation.OperationProgress;
import org.jspecify.annotations.Nullable;

/** The node's state machine: which state follows which event. An event that a state can't take is a bug. */
final class NodeEvolution {
    private NodeEvolution() {}

    /**
     * The next state.
     *
     * @param footprint what exists of the node after the event
     */
    static NodeState after(@Nullable NodeState state, NodeEvent event, Footprint footprint) {
        boolean withMachine = footprint.machine() != null;
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted e
            when state == null ->
                new NodeState.Provisioning(OperationProgress.begin(e.operationId(), OperationType.PROVISION));
            case NodeEvent.NodeProvisioningCompleted _
            when state instanceof NodeState.Provisioning -> new NodeState.Running();
            case NodeEvent.NodeProvisioningFailed _
            when state instanceof NodeState.Provisioning -> new NodeState.InError(false);
            case NodeEvent.OperationCancelled _ when state instanceof NodeState.Provisioning -> state;
            case NodeEvent.NodeDeletionStarted e
            when isDeletable(state) ->
                new NodeState.Deleting(
                        OperationProgress.begin(e.operationId(), OperationType.DELETE), e.formerStatus(), e.force());
            case NodeEvent.NodeDeletionForced _
            when state instanceof NodeState.Deleting deleting ->
                new NodeState.Deleting(deleting.operation().forced(), deleting.former(), true);
            case NodeEvent.NodeDeletionFailed e
            when state instanceof NodeState.Deleting -> NodeState.settled(e.status(), withMachine);
            case NodeEvent.NodeDeleted _ when state instanceof NodeState.Deleting -> new NodeState.Deleted();
            case NodeEvent.NodeNeedsAttention _
            when state instanceof NodeState.Provisioning || state instanceof NodeState.Deleting ->
                new NodeState.InError(withMachine);
            case NodeEvent.Progress e
            when state instanceof NodeState.Provisioning(var operation) ->
                new NodeState.Provisioning(operation.after(e));
            case NodeEvent.Progress e
            when state instanceof NodeState.Deleting deleting ->
                new NodeState.Deleting(deleting.operation().after(e), deleting.former(), deleting.force());
            case NodeEvent.Observed e when state != null -> afterObservation(state, e);
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static NodeState afterObservation(NodeState state, NodeEvent.Observed event) {
        return switch (event) {
            case NodeEvent.MachineFoundOff _ when state instanceof NodeState.Running -> new NodeState.Stopped();
            case NodeEvent.MachineFoundOn _ when state instanceof NodeState.Stopped -> new NodeState.Running();
            case NodeEvent.MachineVanished _ when state.isSettled() -> new NodeState.InError(false);
            case NodeEvent.MachineMigrated _ when state.isSettled() -> state;
            case NodeEvent.KubernetesNodeLost _ when state.isWell() -> state;
            case NodeEvent.KubernetesNodeRenamed _ when state.isWell() -> state;
            case NodeEvent.KubernetesNodeRecovered _ when state.isWell() -> state;
            case NodeEvent.OrphanMachineRemoved _ when state.isWithoutMachine() -> state;
            case NodeEvent.OrphanKubernetesNodeRemoved _ when state.isWithoutMachine() -> state;
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static boolean isDeletable(@Nullable NodeState state) {
        return state instanceof NodeState.Provisioning || (state != null && state.isSettled());
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
