package io.nodeledger.query.telemetry.usage;

import io.nodeledger.events.node.NodeStatus;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the nodes of a workspace are sized, without their whole documents. */
public final class UsageQueries {
    private final JdbcClient jdbc;

    public UsageQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The live nodes, in the order of their names. */
    List<SizedNode> nodes(String workspaceId) {
        return jdbc.sql("""
                        SELECT id, name, status, (specs ->> 'cpu_cores')::int, (specs ->> 'memory_gb')::int,
                               (specs ->> 'storage_gb')::int
                        FROM (SELECT id, name, status, doc #> '{origin,terms,specs}' AS specs
                              FROM query.nodes WHERE workspace_id = ? AND status <> 'deleted' OFFSET 0) nodes
                        ORDER BY name, id""")
                .param(workspaceId)
                .query((row, _) -> new SizedNode(
                        row.getString(1),
                        row.getString(2),
                        NodeStatus.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                        row.getInt(4),
                        row.getInt(5),
                        row.getInt(6)))
                .list();
    }
}
