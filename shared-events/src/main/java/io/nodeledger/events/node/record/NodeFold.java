package io.nodeledger.events.node.record;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeLost;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRenamed;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.Observed;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.NodeEvent.Progress;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.NodeVersion;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.SettingsEvent;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.record.NodeRecord.Attention;
import io.nodeledger.events.node.record.NodeRecord.State;
import io.nodeledger.events.node.record.NodeRecord.StatusReason;
import org.jspecify.annotations.Nullable;

/** Folds a node's stream into its record. */
public final class NodeFold {

    private NodeFold() {}

    /**
     * The record after an event.
     *
     * @param before the record before it, null when there was none
     * @param sequence the event's place in the node's stream
     * @throws IllegalStateException when the event can't follow the record: the log and the fold disagree
     */
    public static NodeRecord after(@Nullable NodeRecord before, NodeEvent event, long sequence) {
        if (event instanceof NodeProvisioningStarted started) {
            return begin(started, sequence);
        }
        if (before == null) {
            throw new IllegalStateException("Node " + event.nodeId() + " has no beginning before number " + sequence);
        }
        if (event instanceof HealthEvent || event instanceof MembershipEvent) {
            return before;
        }
        var next = after(before, event);
        if (!(event instanceof Progress)) {
            return marked(before, event).with(next.at(event.effectiveAt(), sequence));
        }
        // Most steps change nothing that is shown; those that do must not hide behind an old ETag.
        return NodeVersion.begins(event) ? before.with(next.version(sequence)) : before;
    }

    private static NodeRecord marked(NodeRecord row, NodeEvent event) {
        return switch (event) {
            case NodeUpdateStarted update -> row.marked(update.labels(), update.taints());
            case NodeUpdateFailed update -> row.marked(update.labels(), update.taints());
            case NodeThresholdsChanged changed -> row.with(changed.thresholds());
            default -> row;
        };
    }

    private static NodeRecord begin(NodeProvisioningStarted event, long sequence) {
        return new NodeRecord(
                new NodeRecord.Origin(
                        event.nodeId(),
                        event.workspaceId(),
                        event.name(),
                        event.provider(),
                        event.region(),
                        event.terms(),
                        event.labels(),
                        event.taints(),
                        event.effectiveAt()),
                new State(
                        NodeStatus.PROVISIONING,
                        null,
                        KubernetesState.expected(event.nodeId()),
                        null,
                        null,
                        event.effectiveAt(),
                        null,
                        sequence),
                null);
    }

    private static State after(NodeRecord row, NodeEvent happened) {
        var state = row.state();
        return switch (happened) {
            case NodeProvisioningStarted _ -> throw new IllegalStateException("A node begins once");
            case NodeProvisioningCompleted event ->
                state.in(NodeStatus.RUNNING).because(null).with(joined(event.kubernetes()));
            case NodeProvisioningFailed event ->
                state.in(NodeStatus.ERROR)
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().gone())
                        .addressed(null, null);
            case NodeProvisioningRetried event ->
                state.in(NodeStatus.PROVISIONING)
                        .because(null)
                        .with(KubernetesState.expected(event.nodeId()))
                        .addressed(null, null);
            case OperationCancelled _, CancellationRequested _, NodeDeletionForced _ -> state;
            case NodeDeletionStarted _ -> state.in(NodeStatus.DELETING).because(null);
            case NodeDeletionFailed event ->
                state.in(event.status())
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().powered(event.status() == NodeStatus.RUNNING));
            case NodeDeleted event ->
                state.in(NodeStatus.DELETED)
                        .because(null)
                        .with(state.kubernetes().gone())
                        .deleted(event.effectiveAt());
            case NodeNeedsAttention event ->
                state.in(NodeStatus.ERROR)
                        .because(new StatusReason(
                                event.code(),
                                event.reason(),
                                new Attention(
                                        event.operationId(), event.failedStep().word(), event.effectiveAt())));
            case MachineAddressed event -> state.addressed(event.privateAddress(), event.publicAddress());
            case KubernetesNodeReady event ->
                state.with(joined(event.kubernetes())
                        .schedulable(state.kubernetes().schedulable()));
            case StepSucceeded event -> afterStep(state, event);
            case Progress _ -> state;
            case Observed event -> afterObservation(row, event);
            case PowerEvent event -> PowerFold.after(row, event);
            case UpdateEvent event -> afterUpdate(state, event);
            case SettingsEvent _, MembershipEvent _ -> state;
        };
    }

    private static State afterUpdate(State state, UpdateEvent happened) {
        return switch (happened) {
            case NodeUpdateStarted _ -> state;
            case UpdateEvent.NodeUpdated _ -> state;
            case NodeUpdateFailed event -> state.because(new StatusReason(event.code(), event.reason()));
        };
    }

    private static State afterObservation(NodeRecord row, Observed observed) {
        var state = row.state();
        var kubernetes = state.kubernetes();
        return switch (observed) {
            case MachineVanished event ->
                state.in(NodeStatus.ERROR)
                        .because(new StatusReason(
                                "MACHINE_VANISHED",
                                "The machine was removed outside; it was last seen at " + event.lastSeenAt()))
                        .with(kubernetes.ready(false));
            case MachineFoundOff event ->
                state.in(NodeStatus.STOPPED)
                        .because(new StatusReason("POWERED_OFF_OUTSIDE", "The machine was powered off outside."))
                        .with(kubernetes.ready(false));
            case MachineFoundOn event ->
                state.in(NodeStatus.RUNNING).because(null).with(kubernetes.ready(kubernetes.capacity() != null));
            case KubernetesNodeLost event ->
                state.because(new StatusReason("KUBERNETES_NODE_LOST", "The Kubernetes node was deleted outside."))
                        .with(kubernetes.gone());
            case KubernetesNodeRenamed event ->
                state.because(new StatusReason(
                                "KUBERNETES_NODE_RENAMED",
                                "The machine has joined Kubernetes as " + event.foundName() + "."))
                        .with(kubernetes.gone());
            case KubernetesNodeRecovered event ->
                state.because(null).with(joined(event.kubernetes()).ready(state.status() == NodeStatus.RUNNING));
            case MachineMigrated _, OrphanMachineRemoved _, OrphanKubernetesNodeRemoved _, HealthEvent _ -> state;
        };
    }

    private static State afterStep(State state, StepSucceeded event) {
        return switch (event.step()) {
            case CORDON -> state.with(state.kubernetes().schedulable(false));
            case SHUT_DOWN -> state.with(state.kubernetes().ready(false));
            case UNCORDON -> state.with(state.kubernetes().schedulable(true));
            case REMOVE_FROM_KUBERNETES -> state.with(state.kubernetes().gone());
            default -> state;
        };
    }

    private static KubernetesState joined(KubernetesFacts facts) {
        return new KubernetesState(facts.nodeName(), true, true, facts.capacity(), facts.allocatable());
    }
}
