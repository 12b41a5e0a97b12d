package io.nodeledger.model.node;

import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.node.MembershipEvent.TransitionLeft;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.NodeVersion;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.refusal.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node as its stream tells of it: all that is decided by.
 *
 * @param formerMarks what it carried before its last update
 * @param transitionId the transition that alone may begin anything on it; null when anybody may
 * @param version number of the last event that changed what is shown of it
 */
record NodeSnapshot(
        String id,
        String workspaceId,
        String name,
        NodeState state,
        Footprint footprint,
        NodeTerms terms,
        Marks marks,
        Marks formerMarks,
        Incidents incidents,
        Thresholds thresholds,
        @Nullable String transitionId,
        long version) {
    /** Before the first event. */
    static final NodeSnapshot NONE = new NodeSnapshot(
            "",
            "",
            "",
            new NodeState.Deleted(),
            Footprint.NONE,
            NodeTerms.NONE,
            Marks.NONE,
            Marks.NONE,
            Incidents.NONE,
            Thresholds.NONE,
            null,
            0);

    /** The node after one of its events, which has that number. */
    NodeSnapshot after(NodeEvent event, long sequence) {
        if (event instanceof NodeProvisioningStarted started) {
            return begun(started, sequence);
        }
        Footprint left = footprint.after(event);
        NodeState next = NodeEvolution.after(state, event, left);
        return new NodeSnapshot(
                id,
                workspaceId,
                name,
                next,
                left,
                terms,
                marks.after(event),
                event instanceof NodeUpdateStarted ? marks : formerMarks,
                next.status() == NodeStatus.RUNNING ? incidentsAfter(event) : Incidents.NONE,
                event instanceof NodeThresholdsChanged e ? e.thresholds() : thresholds,
                transitionAfter(event),
                NodeVersion.begins(event) ? sequence : version);
    }

    private static NodeSnapshot begun(NodeProvisioningStarted event, long sequence) {
        return new NodeSnapshot(
                event.nodeId(),
                event.workspaceId(),
                event.name(),
                NodeEvolution.after(null, event, Footprint.NONE),
                Footprint.NONE,
                NodeTerms.of(event),
                new Marks(event.labels(), event.taints()),
                Marks.NONE,
                Incidents.NONE,
                Thresholds.NONE,
                null,
                sequence);
    }

    private Incidents incidentsAfter(NodeEvent event) {
        return event instanceof HealthEvent e ? incidents.after(e) : incidents;
    }

    private @Nullable String transitionAfter(NodeEvent event) {
        return switch (event) {
            case TransitionJoined e -> e.transitionId();
            case TransitionLeft _, NodeDeleted _ -> null;
            default -> transitionId;
        };
    }

    /** Whether there is something left of it, and in that workspace. */
    boolean isIn(String workspace) {
        return !(state instanceof NodeState.Deleted) && workspaceId.equals(workspace);
    }

    /** Why a caller does not meet the node that they believe there is. */
    Optional<Refusal> refusalOf(String workspace, VersionCondition condition) {
        if (!isIn(workspace)) {
            return Optional.of(new Refusal.NotFound("node", id));
        }
        return condition.admits(version) ? Optional.empty() : Optional.of(new Refusal.PreconditionFailed(id));
    }

    /** Why nobody but its transition may begin anything on it. */
    Optional<Refusal> refusalOfUse() {
        return Optional.ofNullable(transitionId).map(Refusal.OperationInProgress::new);
    }
}
