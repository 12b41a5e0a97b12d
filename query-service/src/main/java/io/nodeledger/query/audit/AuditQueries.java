package io.nodeledger.query.audit;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.projection.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the audit trail in the order of positions. */
public final class AuditQueries {
    static final Pattern KEY = Pattern.compile("[0-9]{1,18}");

    private final JdbcClient jdbc;
    private final LongSupplier settled;

    /**
     * The queries on the tables of a database.
     *
     * @param settled the position up to which no entry can turn up any more
     */
    public AuditQueries(JdbcClient jdbc, LongSupplier settled) {
        this.jdbc = jdbc;
        this.settled = settled;
    }

    /**
     * Which part of the trail is asked for.
     *
     * @param nodeId null for all nodes of the workspace
     * @param steps whether to show the steps of operations too
     */
    record Filter(String workspaceId, @Nullable String nodeId, boolean steps, boolean newestFirst) {
        /** A cursor goes on in the direction in which it came. */
        String list() {
            return newestFirst ? "audit-" : "audit+";
        }
    }

    CursorPage<AuditEntry> list(Filter filter, @Nullable String after, int limit) {
        var terms = new ArrayList<>(List.of("workspace_id = ?"));
        var parameters = new ArrayList<Object>(List.of(filter.workspaceId()));
        if (filter.nodeId() == null) {
            // Many streams: a later position may be seen before an earlier one. A single stream has no such holes.
            terms.add("position <= ?");
            parameters.add(settled.getAsLong());
        } else {
            terms.add("node_id = ?");
            parameters.add(filter.nodeId());
        }
        if (!filter.steps()) {
            terms.add("NOT internal");
        }
        if (after != null) {
            terms.add(filter.newestFirst() ? "position < ?" : "position > ?");
            parameters.add(Long.parseLong(after));
        }
        parameters.add(limit + 1);
        var rows = jdbc.sql("SELECT doc ->> 'entry' FROM query.audit WHERE %s ORDER BY position %s LIMIT ?"
                        .formatted(String.join(" AND ", terms), filter.newestFirst() ? "DESC" : "ASC"))
                .params(parameters)
                .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), AuditEntry.class))
                .list();
        return Cursor.page(rows, limit, entry -> Cursor.after(filter.list(), Long.toString(entry.position())));
    }
}
