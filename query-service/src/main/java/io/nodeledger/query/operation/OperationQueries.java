package io.nodeledger.query.operation;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.paging.TimeKey;
import io.nodeledger.query.projection.RowJson;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads operations, newest first. */
public final class OperationQueries {
    /** Whose cursors go on in a list of operations. */
    public static final String LIST = "operations";

    private final JdbcClient jdbc;

    public OperationQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which operations of a workspace a list shows; empty lists stand for all. */
    record Filter(
            String workspaceId,
            @Nullable String nodeId,
            @Nullable String operationId,
            List<String> statuses,
            List<String> types) {

        Filter(String workspaceId, @Nullable String nodeId, List<String> statuses, List<String> types) {
            this(workspaceId, nodeId, null, statuses, types);
        }
    }

    Optional<OperationRow> find(String workspaceId, String operationId) {
        return jdbc.sql("SELECT doc FROM query.operations WHERE id = ? AND workspace_id = ?")
                .params(operationId, workspaceId)
                .query((row, _) -> read(row.getString(1)))
                .optional();
    }

    /**
     * Operations of a node.
     *
     * @param operationId one alone; null for all
     */
    public CursorPage<OperationRow> ofNode(
            String workspaceId, String nodeId, @Nullable String operationId, @Nullable String after, int limit) {
        return list(new Filter(workspaceId, nodeId, operationId, List.of(), List.of()), after, limit);
    }

    CursorPage<OperationRow> list(Filter filter, @Nullable String after, int limit) {
        var terms = new ArrayList<>(List.of("workspace_id = ?"));
        var parameters = new ArrayList<Object>(List.of(filter.workspaceId()));
        if (filter.nodeId() != null) {
            terms.add("node_id = ?");
            parameters.add(filter.nodeId());
        }
        if (filter.operationId() != null) {
            terms.add("id = ?");
            parameters.add(filter.operationId());
        }
        if (!filter.statuses().isEmpty()) {
            terms.add("status = ANY (?)");
            parameters.add(filter.statuses().toArray(String[]::new));
        }
        if (!filter.types().isEmpty()) {
            terms.add("type = ANY (?)");
            parameters.add(filter.types().toArray(String[]::new));
        }
        if (after != null) {
            terms.add("(started_at, id) < (?, ?)");
            parameters.add(TimeKey.of(after).at().atOffset(ZoneOffset.UTC));
            parameters.add(TimeKey.of(after).id());
        }
        parameters.add(limit + 1);
        var rows = jdbc.sql("SELECT doc FROM query.operations WHERE %s ORDER BY started_at DESC, id DESC LIMIT ?"
                        .formatted(String.join(" AND ", terms)))
                .params(parameters)
                .query((row, _) -> read(row.getString(1)))
                .list();
        return Cursor.page(
                rows,
                limit,
                row -> Cursor.after(
                        LIST, new TimeKey(row.origin().startedAt(), row.origin().id()).text()));
    }

    private static OperationRow read(String doc) {
        return RowJson.MAPPER.readValue(doc, OperationRow.class);
    }
}
