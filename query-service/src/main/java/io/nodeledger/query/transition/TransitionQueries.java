package io.nodeledger.query.transition;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.observed.ObservedTables;
import io.nodeledger.query.paging.TimeKey;
import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.transition.TransitionView.Workload;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads transitions, newest first, with the nodes and the workloads that they move. */
public final class TransitionQueries {
    /** Whose cursors go on in a list of transitions. */
    static final String LIST = "transitions";

    private static final String WORKLOADS = "provisioner.transition_workload";

    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public TransitionQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** A transition of the workspace. */
    public Optional<TransitionRow> find(String workspaceId, String transitionId) {
        return jdbc.sql("SELECT doc FROM query.transitions WHERE id = ? AND workspace_id = ?")
                .params(transitionId, workspaceId)
                .query((row, _) -> read(row.getString(1)))
                .optional();
    }

    /** @param statuses empty for all */
    CursorPage<TransitionRow> list(String workspaceId, List<String> statuses, @Nullable String after, int limit) {
        var terms = new ArrayList<>(List.of("workspace_id = ?"));
        var parameters = new ArrayList<Object>(List.of(workspaceId));
        if (!statuses.isEmpty()) {
            terms.add("status = ANY (?)");
            parameters.add(statuses.toArray(String[]::new));
        }
        if (after != null) {
            terms.add("(created_at, id) < (?, ?)");
            parameters.add(TimeKey.of(after).at().atOffset(ZoneOffset.UTC));
            parameters.add(TimeKey.of(after).id());
        }
        parameters.add(limit + 1);
        var rows = jdbc.sql("SELECT doc FROM query.transitions WHERE %s ORDER BY created_at DESC, id DESC LIMIT ?"
                        .formatted(String.join(" AND ", terms)))
                .params(parameters)
                .query((row, _) -> read(row.getString(1)))
                .list();
        return Cursor.page(rows, limit, row -> {
            var transition = row.transition();
            return Cursor.after(LIST, new TimeKey(transition.times().createdAt(), transition.id()).text());
        });
    }

    /** Nodes by their ids, also of those that are gone. */
    Map<String, NodeRecord> nodes(Collection<String> ids) {
        return ids.isEmpty()
                ? Map.of()
                : byId(jdbc.sql("SELECT doc FROM query.nodes WHERE id = ANY (?)")
                        .params(List.of((Object) ids.toArray(String[]::new)))
                        .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), NodeRecord.class))
                        .list());
    }

    /** Nodes that a workspace has now. */
    List<NodeRecord> nodesOf(String workspaceId) {
        return jdbc.sql("""
                        SELECT doc FROM query.nodes WHERE workspace_id = ? AND status <> 'deleted'
                        ORDER BY created_at, id""")
                .param(workspaceId)
                .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), NodeRecord.class))
                .list();
    }

    /** How far workloads were last seen to be; none when nobody has looked yet. */
    List<Workload> workloads(String transitionId) {
        return tables.has(WORKLOADS)
                ? jdbc.sql("""
                                SELECT region, namespace, kind, name, pods, moved, ready
                                FROM provisioner.transition_workload WHERE transition_id = ?
                                ORDER BY region, namespace, kind, name""")
                        .param(transitionId)
                        .query((row, _) -> new Workload(
                                row.getString("region"),
                                row.getString("namespace"),
                                row.getString("kind"),
                                row.getString("name"),
                                row.getInt("pods"),
                                row.getInt("moved"),
                                row.getInt("ready")))
                        .list()
                : List.of();
    }

    private static Map<String, NodeRecord> byId(List<NodeRecord> nodes) {
        return nodes.stream().collect(Collectors.toMap(node -> node.origin().id(), Function.identity()));
    }

    private static TransitionRow read(String doc) {
        return RowJson.MAPPER.readValue(doc, TransitionRow.class);
    }
}
