package io.nodeledger.query.audit;

import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationOf;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.Table;
import java.util.List;

/** The audit trail: one entry for every event of every node, written with the change that the event made. */
public final class AuditJournal {
    /** Fields of an event that an entry carries elsewhere. */
    private static final List<String> SAID_ELSEWHERE =
            List.of("node_id", "workspace_id", "operation_id", "transition_id", "effective_at");

    static final Table<AuditLine> TABLE = AuditLine.table("audit");

    private AuditJournal() {}

    /** The journal to keep beside the nodes. */
    public static Journal<NodeRecord, ?> journal() {
        return new Journal<>(TABLE, AuditJournal::line);
    }

    static AuditLine line(Change<NodeRecord> change) {
        var event = (NodeEvent) change.event().payload();
        var said = new AuditEntry.Said(
                ExternalType.of(event),
                event.effectiveAt(),
                event.nodeId(),
                OperationOf.event(event),
                event instanceof MembershipEvent membership ? membership.transitionId() : null,
                AuditLine.data(event, SAID_ELSEWHERE));
        return new AuditLine(
                change.after().origin().workspaceId(),
                event instanceof NodeEvent.Progress,
                AuditEntry.of(change, row -> row.state().status().word(), said));
    }
}
