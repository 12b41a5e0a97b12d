package io.nodeledger.model.workspace;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a workspace's workloads run, and whether they are on their way.
 *
 * @param transitionId the transition that runs or is scheduled, null when there is none
 * @param closed whether it lets nobody else provision nodes
 */
record Moves(Placement placement, @Nullable String transitionId, boolean closed) {
    static final Moves NONE = new Moves(Placement.SHARED, null, false);

    /** Why no node may be provisioned. */
    Optional<Refusal> refusalOfNodes() {
        return closed ? inProgress() : Optional.empty();
    }

    /** Why the workspace can't begin to move there. */
    Optional<Refusal> refusalOf(Placement target, int nodes) {
        if (transitionId != null) {
            return inProgress();
        }
        boolean there = target == Placement.DEDICATED
                ? placement == Placement.DEDICATED
                : placement == Placement.SHARED && nodes == 0;
        Placement other = target == Placement.DEDICATED ? Placement.SHARED : Placement.DEDICATED;
        return there ? Optional.of(new Refusal.InvalidState(target.word(), List.of(other.word()))) : Optional.empty();
    }

    private Optional<Refusal> inProgress() {
        return Optional.ofNullable(transitionId).map(Refusal.OperationInProgress::new);
    }

    boolean isIn(String transition) {
        return transition.equals(transitionId);
    }

    Moves after(TransitionBegun event) {
        return new Moves(placement, event.transitionId(), event.closed());
    }

    Moves opened() {
        return new Moves(placement, transitionId, true);
    }

    Moves after(PlacementChanged event) {
        return new Moves(event.placement(), transitionId, closed);
    }

    Moves ended() {
        return new Moves(placement, null, false);
    }
}
