package io.nodeledger.query.attention;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.observed.ObservedTables;
import io.nodeledger.query.paging.TimeKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what was given up from the nodes, what is stuck from the transitions, and what is held from the service that drives it on. */
public final class AttentionQueries {
    static final String LIST = "attention";
    static final String GIVEN_UP = "given_up";
    static final String HELD = "held";
    static final String STUCK = "stuck";

    private static final String HELD_OPERATIONS = "provisioner.held_operation";
    private static final String ALL_GIVEN_UP = """
            SELECT 'given_up' AS kind, doc #>> '{state,reason,attention,operation_id}' AS operation_id, id AS node_id,
                   workspace_id, name, region, doc #>> '{state,reason,attention,step}' AS step,
                   doc #>> '{state,reason,code}' AS code, doc #>> '{state,reason,message}' AS reason,
                   NULL::integer AS failures,
                   (doc #>> '{state,reason,attention,since}')::timestamptz AS since
            FROM query.nodes
            WHERE status = 'error' AND doc #> '{state,reason,attention}' IS NOT NULL
            """;
    private static final String ALL_STUCK = """
            UNION ALL
            SELECT 'stuck', id, NULL, workspace_id, NULL, doc #>> '{transition,plan,region}',
                   lower(doc #>> '{transition,reason,stage}'), 'TRANSITION_STUCK', doc #>> '{transition,reason,text}', NULL,
                   (doc #>> '{transition,times,updated_at}')::timestamptz
            FROM query.transitions
            WHERE status NOT IN ('completed', 'failed', 'cancelled') AND doc #>> '{transition,reason,attention}' = 'true'
            """;
    private static final String ALL_HELD = """
            SELECT 'held', h.operation_id, h.node_id, n.workspace_id, n.name, n.region, NULL, 'OPERATION_HELD',
                   h.reason, nullif(h.failures, 0), h.held_at
            FROM provisioner.held_operation h LEFT JOIN query.nodes n ON n.id = h.node_id
            """;
    private static final String ID = "operation_id COLLATE \"C\"";

    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public AttentionQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** What is asked for; null stands for all. */
    record Filter(
            @Nullable String kind,
            @Nullable String region,
            @Nullable String workspaceId) {}

    CursorPage<AttentionView> list(Filter filter, @Nullable String after, int limit) {
        var terms = new ArrayList<>(List.of("true"));
        var parameters = new ArrayList<Object>();
        add(terms, parameters, "kind = ?", filter.kind());
        add(terms, parameters, "region = ?", filter.region());
        add(terms, parameters, "workspace_id = ?", filter.workspaceId());
        if (after != null) {
            var key = TimeKey.of(after);
            terms.add("(since, " + ID + ") < (?, ?)");
            parameters.add(key.at().atOffset(ZoneOffset.UTC));
            parameters.add(key.id());
        }
        parameters.add(limit + 1);
        var rows = jdbc.sql("SELECT * FROM (%s) found WHERE %s ORDER BY since DESC, %s DESC LIMIT ?"
                        .formatted(all(), String.join(" AND ", terms), ID))
                .params(parameters)
                .query(AttentionQueries::view)
                .list();
        return Cursor.page(
                rows, limit, item -> Cursor.after(LIST, new TimeKey(item.since(), item.operationId()).text()));
    }

    /**
     * How much there is of a kind.
     *
     * @param since when the oldest of it began to need people
     */
    record Amount(String kind, long count, Instant since) {}

    List<Amount> amounts() {
        return jdbc.sql("SELECT kind, count(*), min(since) FROM (%s) found GROUP BY kind".formatted(all()))
                .query((row, _) -> new Amount(
                        row.getString(1),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    private String all() {
        return ALL_GIVEN_UP + ALL_STUCK + (tables.has(HELD_OPERATIONS) ? "UNION ALL " + ALL_HELD : "");
    }

    /** Which of these operations are held. */
    public Set<String> heldAmong(Collection<String> operationIds) {
        if (operationIds.isEmpty() || !tables.has(HELD_OPERATIONS)) {
            return Set.of();
        }
        return Set.copyOf(jdbc.sql("SELECT operation_id FROM provisioner.held_operation WHERE operation_id = ANY (?)")
                .params(List.of((Object) operationIds.toArray(String[]::new)))
                .query(String.class)
                .list());
    }

    private static void add(List<String> terms, List<Object> parameters, String term, @Nullable String value) {
        if (value != null) {
            terms.add(term);
            parameters.add(value);
        }
    }

    private static AttentionView view(ResultSet row, int number) throws SQLException {
        int failures = row.getInt("failures");
        boolean counted = !row.wasNull();
        return new AttentionView(
                row.getString("kind"),
                row.getString("operation_id"),
                row.getString("node_id"),
                row.getString("workspace_id"),
                row.getString("name"),
                row.getString("region"),
                row.getString("step"),
                row.getString("code"),
                row.getString("reason"),
                counted ? failures : null,
                row.getObject("since", OffsetDateTime.class).toInstant());
    }
}
