package io.nodeledger.query.audit;

import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionOpened;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.Table;
import io.nodeledger.query.workspace.WorkspaceRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The trail of workspaces themselves: one entry for every event of theirs, written with the change that it made. */
public final class WorkspaceJournal {
    /** Fields of an event that an entry carries elsewhere. */
    private static final List<String> SAID_ELSEWHERE =
            List.of("node_id", "transition_id", "workspace_id", "effective_at");

    static final Table<AuditLine> TABLE = AuditLine.table("workspace_audit");

    private WorkspaceJournal() {}

    /** The journal to keep beside the workspaces. */
    public static Journal<WorkspaceRow, ?> journal() {
        return new Journal<>(TABLE, WorkspaceJournal::line);
    }

    static AuditLine line(Change<WorkspaceRow> change) {
        var event = (WorkspaceEvent) change.event().payload();
        var node = nodeOf(event);
        var said = new AuditEntry.Said(
                WorkspaceWords.type(event, change.before()),
                event.effectiveAt(),
                node,
                null,
                transitionOf(event),
                data(event));
        return new AuditLine(change.after().id(), node != null, AuditEntry.of(change, WorkspaceWords::status, said));
    }

    private static @Nullable String nodeOf(WorkspaceEvent happened) {
        return switch (happened) {
            case NodeAdmitted event -> event.nodeId();
            case NodeReleased event -> event.nodeId();
            case CreditHoldReleased event -> event.nodeId();
            case CreditHoldRenewed event -> event.nodeId();
            default -> null;
        };
    }

    private static @Nullable String transitionOf(WorkspaceEvent happened) {
        return switch (happened) {
            case TransitionBegun event -> event.transitionId();
            case TransitionOpened event -> event.transitionId();
            case PlacementChanged event -> event.transitionId();
            case TransitionEnded event -> event.transitionId();
            default -> null;
        };
    }

    private static ObjectNode data(WorkspaceEvent event) {
        ObjectNode data = AuditLine.data(event, SAID_ELSEWHERE);
        switch (event) {
            case WorkspaceRegistered registered ->
                data.put("plan", registered.plan().word());
            case WorkspaceChanged changed -> data.put("plan", changed.plan().word());
            case CreditsExhausted exhausted ->
                data.put("after_grace", exhausted.afterGrace().word());
            case TransitionBegun begun -> data.put("target", begun.target().word());
            case PlacementChanged placed ->
                data.put("placement", placed.placement().word());
            default -> {}
        }
        return data;
    }
}
