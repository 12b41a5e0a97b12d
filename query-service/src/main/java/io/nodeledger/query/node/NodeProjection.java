package io.nodeledger.query.node;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.Progress;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.node.NodeRow.State;
import io.nodeledger.query.node.NodeRow.StatusReason;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folds a node's stream into its row. */
public final class NodeProjection implements Projection<NodeRow> {

    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof NodeEvent happened ? happened.nodeId() : null;
    }

    @Override
    public NodeRow apply(@Nullable NodeRow row, StoredEvent stored) {
        var event = (NodeEvent) stored.payload();
        if (event instanceof NodeProvisioningStarted started) {
            return begin(started, stored.sequence());
        }
        if (row == null) {
            throw new IllegalStateException("Node " + event.nodeId() + " has no beginning before " + stored.id());
        }
        var next = after(row, event);
        if (!(event instanceof Progress)) {
            return row.with(next.at(event.effectiveAt(), stored.sequence()));
        }
        // Most steps change nothing that is shown; those that do must not hide behind an old ETag.
        return next.equals(row.state()) ? row : row.with(next.version(stored.sequence()));
    }

    private static NodeRow begin(NodeProvisioningStarted event, long sequence) {
        return new NodeRow(
                new NodeRow.Origin(
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
                        List.of(),
                        event.effectiveAt(),
                        null,
                        sequence));
    }

    private static State after(NodeRow row, NodeEvent happened) {
        var state = row.state();
        return switch (happened) {
            case NodeProvisioningStarted _ -> throw new IllegalStateException("A node begins once");
            case NodeProvisioningCompleted event ->
                state.in(NodeStatus.RUNNING)
                        .because(null)
                        .with(joined(event.kubernetes()))
                        .metered(MeteredTime.begin(
                                state.metered(), row.origin().terms().hourlyRate(), event.effectiveAt()));
            case NodeProvisioningFailed event ->
                state.in(NodeStatus.ERROR)
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().gone())
                        .addressed(null, null);
            case OperationCancelled _, NodeDeletionForced _ -> state;
            case NodeDeletionStarted _ -> state.in(NodeStatus.DELETING).because(null);
            case NodeDeletionFailed event ->
                state.in(event.status())
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().schedulable(event.status() == NodeStatus.RUNNING))
                        .metered(
                                event.status() == NodeStatus.RUNNING
                                        ? state.metered()
                                        : MeteredTime.end(state.metered(), event.effectiveAt()));
            case NodeDeleted event ->
                state.in(NodeStatus.DELETED)
                        .because(null)
                        .with(state.kubernetes().gone())
                        .metered(MeteredTime.end(state.metered(), event.effectiveAt()))
                        .deleted(event.effectiveAt());
            case NodeNeedsAttention event ->
                // A node in error is not billed (source: rulings, "State machine").
                state.in(NodeStatus.ERROR)
                        .because(new StatusReason(event.code(), event.reason()))
                        .metered(MeteredTime.end(state.metered(), event.effectiveAt()));
            case MachineAddressed event -> state.addressed(event.privateAddress(), event.publicAddress());
            case StepSucceeded event -> afterStep(state, event);
            case Progress _ -> state;
        };
    }

    private static State afterStep(State state, StepSucceeded event) {
        return switch (event.step()) {
            case CORDON -> state.with(state.kubernetes().schedulable(false));
            case UNCORDON -> state.with(state.kubernetes().schedulable(true));
            case REMOVE_FROM_KUBERNETES -> state.with(state.kubernetes().gone());
            default -> state;
        };
    }

    private static KubernetesState joined(KubernetesFacts facts) {
        return new KubernetesState(facts.nodeName(), true, true, facts.capacity(), facts.allocatable());
    }
}
