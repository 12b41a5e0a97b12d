package io.nodeledger.query.audit;

import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.Table;
import io.nodeledger.query.transition.TransitionRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The part of a workspace's trail that is about its transitions: one entry for every event of theirs. */
public final class TransitionJournal {
    /** Fields of an event that an entry carries elsewhere. */
    private static final List<String> SAID_ELSEWHERE =
            List.of("node_id", "transition_id", "workspace_id", "effective_at");

    /** Constants, which the API shows as words. */
    private static final List<String> CONSTANTS = List.of("strategy", "placement", "stage");

    static final Table<AuditLine> TABLE = AuditLine.table("transition_audit");

    private TransitionJournal() {}

    /** The journal to keep beside the transitions. */
    public static Journal<TransitionRow, ?> journal() {
        return new Journal<>(TABLE, TransitionJournal::line);
    }

    static AuditLine line(Change<TransitionRow> change) {
        var event = (TransitionEvent) change.event().payload();
        var said = new AuditEntry.Said(
                ExternalType.of(event), event.effectiveAt(), nodeOf(event), null, event.transitionId(), data(event));
        return new AuditLine(
                event.workspaceId(),
                event instanceof TransitionEvent.Internal,
                AuditEntry.of(change, row -> row.transition().status().word(), said));
    }

    private static @Nullable String nodeOf(TransitionEvent happened) {
        return switch (happened) {
            case TransitionEvent.TransitionNodeReady event -> event.nodeId();
            case TransitionEvent.BackupStarted event -> event.nodeId();
            case TransitionEvent.NodeBackedUp event -> event.nodeId();
            case TransitionEvent.TransitionNodeDrained event -> event.nodeId();
            case TransitionEvent.TransitionNodeRemoved event -> event.nodeId();
            default -> null;
        };
    }

    private static ObjectNode data(TransitionEvent event) {
        ObjectNode data = AuditLine.data(event, SAID_ELSEWHERE);
        for (String field : CONSTANTS) {
            if (data.has(field)) {
                data.put(field, data.path(field).asString().toLowerCase(Locale.ROOT));
            }
        }
        return data;
    }
}
