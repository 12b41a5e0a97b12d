package io.nodeledger.query.workspace;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a workspace's ledger.
 *
 * @param position place of its event in the order of all events
 * @param id id of its event
 * @param type {@code grant}, {@code hold} or {@code release}
 * @param amount exact USD, never negative
 * @param nodeId the node for which credits are held or released
 */
public record CreditLine(
        long position,
        String workspaceId,
        String id,
        String type,
        BigDecimal amount,
        Instant occurredAt,
        @Nullable String nodeId,
        @Nullable String reason) {

    static final Table<CreditLine> TABLE = new Table<>(
            "credit_entries",
            CreditLine.class,
            List.of(
                    column("position", "bigint", CreditLine::position),
                    column("workspace_id", "text", CreditLine::workspaceId)));

    /** The entry that follows from what happened to a workspace, if any. */
    static @Nullable CreditLine of(Change<WorkspaceRow> change) {
        return switch (change.event().payload()) {
            case CreditsGranted event ->
                line(change, "grant", event.amount(), event.effectiveAt(), null, event.reason());
            case NodeAdmitted event ->
                line(change, "hold", event.creditHold(), event.effectiveAt(), event.nodeId(), null);
            case CreditHoldReleased event ->
                line(change, "release", event.amount(), event.effectiveAt(), event.nodeId(), null);
            case CreditHoldRenewed event ->
                line(change, "hold", event.amount(), event.effectiveAt(), event.nodeId(), null);
            case NodeReleased event
            when event.releasedHold().signum() > 0 ->
                line(change, "release", event.releasedHold(), event.effectiveAt(), event.nodeId(), null);
            default -> null;
        };
    }

    private static CreditLine line(
            Change<WorkspaceRow> change,
            String type,
            BigDecimal amount,
            Instant at,
            @Nullable String nodeId,
            @Nullable String reason) {
        var event = change.event();
        return new CreditLine(event.position(), change.after().id(), event.id(), type, amount, at, nodeId, reason);
    }
}
