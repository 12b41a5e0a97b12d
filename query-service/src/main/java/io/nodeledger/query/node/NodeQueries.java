package io.nodeledger.query.node;

import io.nodeledger.query.projection.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads nodes. A page costs one indexed query; its total comes from counters unless names are searched. */
public final class NodeQueries {
    private static final String LIVE = "status <> 'deleted'";

    private final JdbcClient jdbc;

    public NodeQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The node, also after its deletion; empty when the workspace never had it. */
    public Optional<NodeRow> find(String workspaceId, String nodeId) {
        return jdbc.sql("SELECT doc FROM query.nodes WHERE id = ? AND workspace_id = ?")
                .params(nodeId, workspaceId)
                .query((row, _) -> read(row.getString(1)))
                .optional();
    }

    List<NodeRow> page(NodeFilter filter, NodeSort sort, int page, int perPage) {
        var where = new Conditions().and(filter);
        where.and(filter.search());
        return jdbc.sql("SELECT doc FROM query.nodes WHERE %s ORDER BY %s LIMIT ? OFFSET ?"
                        .formatted(where.sql(), sort.sql()))
                .params(where.parameters())
                .param(perPage)
                .param((page - 1L) * perPage)
                .query((row, _) -> read(row.getString(1)))
                .list();
    }

    long total(NodeFilter filter) {
        var where = new Conditions().and(filter);
        var counted = filter.search() == null
                ? "SELECT coalesce(sum(nodes), 0) FROM query.node_counts WHERE "
                : "SELECT count(*) FROM query.nodes WHERE ";
        where.and(filter.search());
        return jdbc.sql(counted + where.sql())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    private static NodeRow read(String doc) {
        return RowJson.MAPPER.readValue(doc, NodeRow.class);
    }

    /** What a row must meet, with the values in their order. */
    private static final class Conditions {
        private final ArrayList<String> terms = new ArrayList<>();
        private final ArrayList<Object> parameters = new ArrayList<>();

        Conditions and(NodeFilter filter) {
            equal("workspace_id", filter.workspaceId());
            if (!filter.includeDeleted()) {
                terms.add(LIVE);
            }
            if (!filter.statuses().isEmpty()) {
                terms.add("status = ANY (?)");
                parameters.add(filter.statuses().toArray(String[]::new));
            }
            if (filter.planId() != null) {
                equal("plan_id", filter.planId());
            }
            if (filter.region() != null) {
                equal("region", filter.region());
            }
            return this;
        }

        void and(@Nullable String search) {
            if (search != null) {
                terms.add("lower(name) LIKE ?");
                parameters.add("%"
                        + search.toLowerCase(Locale.ROOT)
                                .replace("\\", "\\\\")
                                .replace("%", "\\%")
                                .replace("_", "\\_")
                        + "%");
            }
        }

        String sql() {
            return String.join(" AND ", terms);
        }

        List<Object> parameters() {
            return List.copyOf(parameters);
        }

        private void equal(String column, String value) {
            terms.add(column + " = ?");
            parameters.add(value);
        }
    }
}
