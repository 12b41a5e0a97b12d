package io.nodeledger.query.workspace;

import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionOpened;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Folds a workspace's stream into its row. */
public final class WorkspaceProjection implements Projection<WorkspaceRow> {

    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof WorkspaceEvent happened ? happened.workspaceId() : null;
    }

    @Override
    public WorkspaceRow apply(@Nullable WorkspaceRow row, StoredEvent stored) {
        var happened = (WorkspaceEvent) stored.payload();
        if (happened instanceof WorkspaceRegistered event) {
            return registered(event);
        }
        if (row == null) {
            throw new IllegalStateException(
                    "Workspace " + happened.workspaceId() + " has no beginning before " + stored.id());
        }
        return switch (happened) {
            case WorkspaceRegistered event -> registered(event);
            case WorkspaceChanged event -> changed(row, event);
            case CreditsGranted event -> row.credited(event.amount(), event.effectiveAt());
            case WorkspaceThresholdsChanged event -> row.with(event.thresholds(), event.effectiveAt());
            case NodeAdmitted event -> row.holding(event.creditHold(), 1, event.effectiveAt());
            case CreditHoldReleased event -> row.holding(event.amount().negate(), 0, event.effectiveAt());
            case CreditHoldRenewed event -> row.holding(event.amount(), 0, event.effectiveAt());
            case NodeReleased event -> row.holding(event.releasedHold().negate(), -1, event.effectiveAt());
            case WorkspaceCharged event -> charged(row, event);
            case OwedSettled event ->
                row.credited(event.amount().negate(), event.effectiveAt())
                        .owing(event.amount().negate(), event.effectiveAt());
            case CreditsExhausted event ->
                row.indebted((row.debt() == null ? Debt.NONE : row.debt()).announced(event), event.effectiveAt());
            case CreditsRestored event -> row.indebted(null, event.effectiveAt());
            case TransitionBegun event ->
                row.placed(row.whereabouts().moving(event.transitionId()), event.effectiveAt());
            case TransitionOpened _ -> row;
            case PlacementChanged event -> row.placed(row.whereabouts().at(event.placement()), event.effectiveAt());
            case TransitionEnded event -> row.placed(row.whereabouts().settled(), event.effectiveAt());
        };
    }

    private static WorkspaceRow charged(WorkspaceRow row, WorkspaceCharged event) {
        BigDecimal drawn = event.amount().subtract(event.owed());
        BigDecimal fromHolds = event.fromHolds().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        WorkspaceRow paid =
                row.credited(drawn.negate(), event.effectiveAt()).holding(fromHolds.negate(), 0, event.effectiveAt());
        return event.owed().signum() == 0 ? paid : paid.owing(event.owed(), event.effectiveAt());
    }

    private static WorkspaceRow registered(WorkspaceRegistered event) {
        return new WorkspaceRow(
                event.workspaceId(),
                event.plan(),
                event.maxNodes(),
                event.region(),
                event.namespace(),
                event.suspended(),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0,
                event.effectiveAt(),
                event.effectiveAt(),
                null,
                null,
                null);
    }

    private static WorkspaceRow changed(WorkspaceRow row, WorkspaceChanged event) {
        return new WorkspaceRow(
                row.id(),
                event.plan(),
                event.maxNodes(),
                event.region(),
                event.namespace(),
                event.suspended(),
                row.balance(),
                row.held(),
                row.nodes(),
                row.createdAt(),
                event.effectiveAt(),
                row.thresholds(),
                row.debt(),
                row.placed());
    }
}
