package io.nodeledger.model.node;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
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
            case NodeEvent.NodeProvisioningStarted e when state == null -> provisioning(e.operationId());
            case NodeEvent.NodeProvisioningRetried e when isErrorWithoutMachine(state) -> provisioning(e.operationId());
            case NodeEvent.NodeProvisioningCompleted _
            when state instanceof NodeState.Provisioning -> new NodeState.Running();
            case NodeEvent.NodeProvisioningFailed _
            when state instanceof NodeState.Provisioning -> new NodeState.InError(false);
            case NodeEvent.CancellationRequested e
            when state != null && state.running().isPresent() ->
                state.with(state.running().get().after(e));
            case NodeEvent.OperationCancelled _ when isPreemptible(state) -> state;
            case NodeEvent.NodeDeletionStarted e
            when isPreemptible(state) || isSettled(state) ->
                new NodeState.Deleting(
                        OperationProgress.begin(e.operationId(), OperationType.DELETE), e.formerStatus(), e.force());
            case NodeEvent.NodeDeletionForced _
            when state instanceof NodeState.Deleting deleting ->
                new NodeState.Deleting(deleting.operation().forced(), deleting.former(), true);
            case NodeEvent.NodeDeletionFailed e
            when state instanceof NodeState.Deleting -> NodeState.settled(e.status(), withMachine);
            case NodeEvent.NodeDeleted _ when state instanceof NodeState.Deleting -> new NodeState.Deleted();
            case NodeEvent.NodeNeedsAttention _
            when state != null && state.running().isPresent() -> new NodeState.InError(withMachine);
            case NodeEvent.Progress e
            when state != null && state.running().isPresent() ->
                state.with(state.running().get().after(e));
            case PowerEvent e -> afterPower(state, e, withMachine);
            case UpdateEvent e -> afterUpdate(state, e);
            case MembershipEvent _ when state != null && !(state instanceof NodeState.Deleted) -> state;
            case SettingsEvent _ when state != null && !(state instanceof NodeState.Deleted) -> state;
            case NodeEvent.Observed e when state != null -> afterObservation(state, e);
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static NodeState provisioning(String operationId) {
        return new NodeState.Provisioning(OperationProgress.begin(operationId, OperationType.PROVISION));
    }

    private static NodeState afterPower(@Nullable NodeState state, PowerEvent event, boolean withMachine) {
        return switch (event) {
            case PowerOperationStarted e
            when isSettled(state) -> new NodeState.Switching(OperationProgress.begin(e), e.formerStatus());
            case PowerEvent.NodeStarted _ when state instanceof NodeState.Switching -> new NodeState.Running();
            case PowerEvent.NodeRebooted _ when state instanceof NodeState.Switching -> new NodeState.Running();
            case PowerEvent.NodeStopped _ when state instanceof NodeState.Switching -> new NodeState.Stopped();
            case PowerEvent.PowerOperationFailed e
            when state instanceof NodeState.Switching -> NodeState.settled(e.status(), withMachine);
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static NodeState afterUpdate(@Nullable NodeState state, UpdateEvent event) {
        return switch (event) {
            case NodeUpdateStarted e
            when state != null && state.isWell() ->
                new NodeState.Updating(OperationProgress.begin(e.operationId(), OperationType.UPDATE), state.status());
            case UpdateEvent.NodeUpdated _
            when state instanceof NodeState.Updating updating -> NodeState.settled(updating.former(), true);
            case UpdateEvent.NodeUpdateFailed _
            when state instanceof NodeState.Updating updating -> NodeState.settled(updating.former(), true);
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
            case HealthEvent _ when state instanceof NodeState.Running -> state;
            default -> throw new IllegalEvent(state, event);
        };
    }

    private static boolean isSettled(@Nullable NodeState state) {
        return state != null && state.isSettled();
    }

    private static boolean isErrorWithoutMachine(@Nullable NodeState state) {
        return state instanceof NodeState.InError(boolean withMachine) && !withMachine;
    }

    private static boolean isPreemptible(@Nullable NodeState state) {
        return state != null && state.running().isPresent() && !(state instanceof NodeState.Deleting);
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
