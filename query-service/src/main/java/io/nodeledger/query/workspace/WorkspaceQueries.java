package io.nodeledger.query.workspace;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.projection.RowJson;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads workspaces and their ledgers. */
public final class WorkspaceQueries {
    static final String WORKSPACES = "workspaces";
    static final String CREDITS = "credits";
    static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    static final Pattern ID = Pattern.compile("\\P{Cntrl}{1,200}");

    private final JdbcClient jdbc;

    public WorkspaceQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The workspace.
     *
     * @throws ApiException 404 when there is none
     */
    public WorkspaceRow require(String workspaceId) {
        return find(workspaceId).orElseThrow(() -> new ApiException(ApiError.notFound("workspace", workspaceId)));
    }

    Optional<WorkspaceRow> find(String workspaceId) {
        return jdbc.sql("SELECT doc FROM query.workspaces WHERE id = ?")
                .param(workspaceId)
                .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), WorkspaceRow.class))
                .optional();
    }

    CursorPage<WorkspaceRow> list(@Nullable String after, int limit) {
        var rows = jdbc.sql("SELECT doc FROM query.workspaces WHERE id > ? ORDER BY id LIMIT ?")
                .params(after == null ? "" : after, limit + 1)
                .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), WorkspaceRow.class))
                .list();
        return Cursor.page(rows, limit, row -> Cursor.after(WORKSPACES, row.id()));
    }

    /** The ledger, newest first. */
    CursorPage<CreditLine> ledger(String workspaceId, @Nullable String before, int limit) {
        List<CreditLine> rows = jdbc.sql("""
                SELECT doc FROM query.credit_entries WHERE workspace_id = ? AND position < ?
                ORDER BY position DESC LIMIT ?""")
                .params(workspaceId, before == null ? Long.MAX_VALUE : Long.parseLong(before), limit + 1)
                .query((row, _) -> RowJson.MAPPER.readValue(row.getString(1), CreditLine.class))
                .list();
        return Cursor.page(rows, limit, line -> Cursor.after(CREDITS, Long.toString(line.position())));
    }
}
