package io.nodeledger.query.workspace;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.projection.RowJson;
import java.util.ArrayList;
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
        return find(workspaceId).orElseThrow(() -> missing(workspaceId));
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

    /**
     * A workspace and a page of its ledger, as they are at one moment: read one after the other, the ledger could show a payment
     * that the balance does not.
     */
    record Ledger(WorkspaceRow workspace, CursorPage<CreditLine> page) {}

    /**
     * The ledger, newest first.
     *
     * @throws ApiException 404 when there is no such workspace
     */
    Ledger ledger(String workspaceId, @Nullable String before, int limit) {
        var lines = new ArrayList<CreditLine>();
        Optional<WorkspaceRow> workspace = jdbc.sql("""
                        SELECT w.doc AS workspace, e.doc AS entry
                        FROM query.workspaces w
                        LEFT JOIN LATERAL (SELECT position, doc FROM query.credit_entries
                                           WHERE workspace_id = w.id AND position < ?
                                           ORDER BY position DESC LIMIT ?) e ON true
                        WHERE w.id = ?
                        ORDER BY e.position DESC""")
                .params(before == null ? Long.MAX_VALUE : Long.parseLong(before), limit + 1, workspaceId)
                .query(rows -> {
                    WorkspaceRow found = null;
                    while (rows.next()) {
                        found = RowJson.MAPPER.readValue(rows.getString("workspace"), WorkspaceRow.class);
                        String entry = rows.getString("entry");
                        if (entry != null) {
                            lines.add(RowJson.MAPPER.readValue(entry, CreditLine.class));
                        }
                    }
                    return Optional.ofNullable(found);
                });
        return new Ledger(
                workspace.orElseThrow(() -> missing(workspaceId)),
                Cursor.page(lines, limit, line -> Cursor.after(CREDITS, Long.toString(line.position()))));
    }

    private static ApiException missing(String workspaceId) {
        return new ApiException(ApiError.notFound("workspace", workspaceId));
    }
}
