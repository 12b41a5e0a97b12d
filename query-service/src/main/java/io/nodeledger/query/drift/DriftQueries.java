package io.nodeledger.query.drift;

import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.observed.ObservedTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what the comparison found; before it has run for the first time nothing differs. */
public final class DriftQueries {
    static final String LIST = "drift";
    static final Pattern KEY = Pattern.compile("[0-9]{1,18}");

    private static final String COLUMNS =
            "id, kind, region, node_id, workspace_id, vm_id, host, kubernetes_name, detail,"
                    + " first_seen_at, last_seen_at, action";

    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public DriftQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** What is asked for; null stands for all. */
    record Filter(
            @Nullable String region,
            @Nullable String kind,
            @Nullable String action) {}

    CursorPage<DriftViews.Item> list(Filter filter, @Nullable String after, int limit) {
        if (!tables.has("provisioner.drift")) {
            return new CursorPage<>(List.of(), null);
        }
        var terms = new ArrayList<>(List.of("(confirmed OR action <> 'none')", "id < ?"));
        var parameters = new ArrayList<Object>();
        parameters.add(after == null ? Long.MAX_VALUE : Long.parseLong(after));
        add(terms, parameters, "region", filter.region());
        add(terms, parameters, "kind", filter.kind());
        add(terms, parameters, "action", filter.action());
        parameters.add(limit + 1);
        var rows = jdbc.sql("SELECT %s FROM provisioner.drift WHERE %s ORDER BY id DESC LIMIT ?"
                        .formatted(COLUMNS, String.join(" AND ", terms)))
                .params(parameters)
                .query(DriftQueries::item)
                .list();
        return Cursor.page(rows, limit, item -> Cursor.after(LIST, Long.toString(item.id())));
    }

    List<DriftViews.Region> regions() {
        return tables.has("provisioner.reconciled_region")
                ? jdbc.sql("""
                        SELECT region, passed_at, breaker_reason, breaker_since, held_back
                        FROM provisioner.reconciled_region ORDER BY region""").query(DriftQueries::region).list()
                : List.of();
    }

    private static void add(List<String> terms, List<Object> parameters, String column, @Nullable String value) {
        if (value != null) {
            terms.add(column + " = ?");
            parameters.add(value);
        }
    }

    private static DriftViews.Item item(ResultSet row, int number) throws SQLException {
        int vmId = row.getInt("vm_id");
        boolean ofMachine = !row.wasNull();
        return new DriftViews.Item(
                row.getLong("id"),
                row.getString("kind"),
                row.getString("region"),
                row.getString("node_id"),
                row.getString("workspace_id"),
                ofMachine ? vmId : null,
                row.getString("host"),
                row.getString("kubernetes_name"),
                row.getString("detail"),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_seen_at", OffsetDateTime.class).toInstant(),
                row.getString("action"));
    }

    private static DriftViews.Region region(ResultSet row, int number) throws SQLException {
        String reason = row.getString("breaker_reason");
        return new DriftViews.Region(
                row.getString("region"),
                instant(row, "passed_at"),
                new DriftViews.Breaker(
                        reason == null ? "closed" : "open",
                        reason,
                        instant(row, "breaker_since"),
                        row.getInt("held_back")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
