package io.nodeledger.query.workspace;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a workspace's ledger.
 *
 * @param position place of its event in the order of all events
 * @param id id of its event
 * @param type {@code grant}, {@code hold}, {@code release}, {@code charge}, {@code settled}, {@code exhausted} or
 *     {@code restored}
 * @param amount exact USD; negative only for a charge that corrects earlier ones
 * @param nodeId the node for which credits are held or released
 * @param charge where a charge was drawn from, null for any other entry
 */
public record CreditLine(
        long position,
        String workspaceId,
        String id,
        String type,
        BigDecimal amount,
        Instant occurredAt,
        @Nullable String nodeId,
        @Nullable String reason,
        @Nullable Charge charge) {

    /**
     * Where a charge was drawn from; the rest of its amount was available.
     *
     * @param day the day whose cost it is
     * @param fromHolds drawn from what is held for nodes, exact USD
     * @param owed could not be drawn, or is owed no longer when negative
     */
    record Charge(LocalDate day, BigDecimal fromHolds, BigDecimal owed) {
        static Charge of(WorkspaceCharged event) {
            BigDecimal fromHolds = event.fromHolds().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            return new Charge(event.day(), fromHolds, event.owed());
        }
    }

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
            case WorkspaceCharged event ->
                line(change, "charge", event.amount(), event.effectiveAt(), null, null)
                        .with(Charge.of(event));
            case OwedSettled event -> line(change, "settled", event.amount(), event.effectiveAt(), null, null);
            case CreditsExhausted event -> line(change, "exhausted", event.owed(), event.effectiveAt(), null, null);
            case CreditsRestored event -> line(change, "restored", BigDecimal.ZERO, event.effectiveAt(), null, null);
            default -> null;
        };
    }

    private CreditLine with(Charge drawn) {
        return new CreditLine(position, workspaceId, id, type, amount, occurredAt, nodeId, reason, drawn);
    }

    private static CreditLine line(
            Change<WorkspaceRow> change,
            String type,
            BigDecimal amount,
            Instant at,
            @Nullable String nodeId,
            @Nullable String reason) {
        var event = change.event();
        return new CreditLine(
                event.position(), change.after().id(), event.id(), type, amount, at, nodeId, reason, null);
    }
}
