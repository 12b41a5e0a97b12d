package io.nodeledger.query.operation;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.query.projection.Table;
import java.util.List;

/** The table of operations. */
public final class OperationTables {
    public static final Table<OperationRow> OPERATIONS = new Table<>(
            "operations",
            OperationRow.class,
            List.of(
                    column("id", "text", row -> row.origin().id()),
                    column("workspace_id", "text", row -> row.origin().workspaceId()),
                    column("node_id", "text", row -> row.origin().nodeId()),
                    column("type", "text", row -> row.origin().type().word()),
                    column("status", "text", row -> row.status().word()),
                    column("started_at", "timestamptz", row -> row.origin().startedAt())));

    private OperationTables() {}
}
