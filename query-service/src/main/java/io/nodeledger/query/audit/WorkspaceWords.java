package io.nodeledger.query.audit;

import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.query.workspace.WorkspaceRow;
import org.jspecify.annotations.Nullable;

/** The words under which the trail knows what happens to a workspace. */
final class WorkspaceWords {
    private WorkspaceWords() {}

    /**
     * The type of an event.
     *
     * @param before the workspace before it, null when it is its first
     */
    static String type(WorkspaceEvent happened, @Nullable WorkspaceRow before) {
        return switch (happened) {
            case WorkspaceEvent.WorkspaceRegistered _ -> "workspace.registered";
            case WorkspaceChanged event -> changed(event, before);
            case WorkspaceEvent.CreditsGranted _ -> "workspace.credits_granted";
            case WorkspaceEvent.WorkspaceThresholdsChanged _ -> "workspace.thresholds_changed";
            case WorkspaceEvent.NodeAdmitted _ -> "workspace.node_admitted";
            case WorkspaceEvent.NodeReleased _ -> "workspace.node_released";
            case WorkspaceEvent.CreditHoldReleased _ -> "workspace.hold_released";
            case WorkspaceEvent.CreditHoldRenewed _ -> "workspace.hold_renewed";
            case WorkspaceEvent.WorkspaceCharged _ -> "workspace.charged";
            case WorkspaceEvent.OwedSettled _ -> "workspace.owed_settled";
            case WorkspaceEvent.CreditsExhausted _ -> "workspace.credits_exhausted";
            case WorkspaceEvent.CreditsRestored _ -> "workspace.credits_restored";
            case WorkspaceEvent.TransitionBegun _ -> "workspace.transition_begun";
            case WorkspaceEvent.TransitionOpened _ -> "workspace.transition_opened";
            case WorkspaceEvent.PlacementChanged _ -> "workspace.placement_changed";
            case WorkspaceEvent.TransitionEnded _ -> "workspace.transition_ended";
        };
    }

    /** One event says all that an operator has changed; it is named by what matters most. */
    private static String changed(WorkspaceChanged event, @Nullable WorkspaceRow before) {
        if (before != null && before.suspended() != event.suspended()) {
            return event.suspended() ? "workspace.suspended" : "workspace.resumed";
        }
        return before != null && before.plan() != event.plan() ? "workspace.plan_changed" : "workspace.changed";
    }

    static String status(WorkspaceRow row) {
        return row.suspended() ? "suspended" : "active";
    }
}
