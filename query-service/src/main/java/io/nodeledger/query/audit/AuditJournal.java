package io.nodeledger.query.audit;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationOf;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Journal;
import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.projection.Table;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The audit trail: one entry for every event of every node, written with the change that the event made. */
public final class AuditJournal {
    /** Fields of an event that an entry carries elsewhere. */
    private static final List<String> SAID_ELSEWHERE =
            List.of("node_id", "workspace_id", "operation_id", "effective_at");

    /**
     * @param internal whether the event is a step of an operation, which is shown on request only
     */
    record Line(String workspaceId, boolean internal, AuditEntry entry) {}

    static final Table<Line> TABLE = new Table<>(
            "audit",
            Line.class,
            List.of(
                    column("position", "bigint", line -> line.entry().position()),
                    column("workspace_id", "text", Line::workspaceId),
                    column("node_id", "text", line -> line.entry().nodeId()),
                    column("internal", "boolean", Line::internal)));

    private AuditJournal() {}

    /** The journal to keep beside the nodes. */
    public static Journal<NodeRecord, ?> journal() {
        return new Journal<>(TABLE, AuditJournal::line);
    }

    static Line line(Change<NodeRecord> change) {
        var event = (NodeEvent) change.event().payload();
        var before = change.before();
        var happened = new AuditEntry.Happened(
                ExternalType.of(event),
                event.effectiveAt(),
                event.nodeId(),
                OperationOf.event(event),
                before == null ? null : before.state().status().word(),
                change.after().state().status().word(),
                data(event));
        return new Line(
                change.after().origin().workspaceId(),
                event instanceof NodeEvent.Progress,
                AuditEntry.of(change.event(), happened));
    }

    private static ObjectNode data(NodeEvent event) {
        ObjectNode data = RowJson.MAPPER.valueToTree(event);
        return data.remove(SAID_ELSEWHERE);
    }
}
