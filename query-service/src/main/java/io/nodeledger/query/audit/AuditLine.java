package io.nodeledger.query.audit;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.projection.Table;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * An entry with what it is looked up by, as every part of the trail keeps it.
 *
 * @param internal whether it only follows from something else, and is shown on request only
 */
record AuditLine(String workspaceId, boolean internal, AuditEntry entry) {
    /** The table of a part of the trail. */
    static Table<AuditLine> table(String name) {
        return new Table<>(
                name,
                AuditLine.class,
                List.of(
                        column("position", "bigint", line -> line.entry().position()),
                        column("workspace_id", "text", AuditLine::workspaceId),
                        column("node_id", "text", line -> line.entry().nodeId()),
                        column("internal", "boolean", AuditLine::internal)));
    }

    /**
     * The fields of an event.
     *
     * @param saidElsewhere those that an entry carries elsewhere
     */
    static ObjectNode data(Object event, List<String> saidElsewhere) {
        ObjectNode data = RowJson.MAPPER.valueToTree(event);
        return data.remove(saidElsewhere);
    }
}
