package io.nodeledger.query.node;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.Table;
import java.util.List;

/** The tables of nodes. */
public final class NodeTables {
    public static final Table<NodeRecord> NODES = new Table<>(
            "nodes",
            NodeRecord.class,
            List.of(
                    column("id", "text", row -> row.origin().id()),
                    column("workspace_id", "text", row -> row.origin().workspaceId()),
                    column("name", "text", row -> row.origin().name()),
                    column("status", "text", row -> row.state().status().word()),
                    column("plan_id", "text", row -> row.origin().terms().planId()),
                    column("region", "text", row -> row.origin().region()),
                    column("created_at", "timestamptz", row -> row.origin().createdAt()),
                    column("updated_at", "timestamptz", row -> row.state().updatedAt())));

    private NodeTables() {}
}
