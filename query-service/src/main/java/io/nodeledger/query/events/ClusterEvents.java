package io.nodeledger.query.events;

import io.nodeledger.query.events.Happened.OfCluster;
import io.nodeledger.query.observed.ObservedTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what clusters said of nodes, newest first; nothing before they have been observed for the first time. */
final class ClusterEvents {
    private final JdbcClient jdbc;
    private final ObservedTables tables;

    ClusterEvents(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    List<OfCluster> list(String region, String nodeId, EventFilter filter, @Nullable Place after, int limit) {
        if (!tables.has("provisioner.kubernetes_event")) {
            return List.of();
        }
        var terms = new ArrayList<>(List.of("region = ?", "node_id = ?"));
        var parameters = new ArrayList<Object>(List.of(region, nodeId));
        if (after != null) {
            terms.add("(last_at, id) < (?, ?)");
            parameters.add(after.at().atOffset(ZoneOffset.UTC));
            parameters.add(after.id());
        }
        if (filter.since() != null) {
            terms.add("last_at >= ?");
            parameters.add(filter.since().atOffset(ZoneOffset.UTC));
        }
        if (filter.type() != null) {
            terms.add("type = ?");
            parameters.add(filter.type().word());
        }
        if (filter.source() != null) {
            terms.add("source = ?");
            parameters.add(filter.source());
        }
        parameters.add(limit);
        return jdbc.sql("""
                        SELECT id, type, reason, message, source, first_at, last_at, count
                        FROM provisioner.kubernetes_event WHERE %s
                        ORDER BY last_at DESC, id DESC LIMIT ?""".formatted(String.join(" AND ", terms)))
                .params(parameters)
                .query(ClusterEvents::event)
                .list();
    }

    private static OfCluster event(ResultSet row, int number) throws SQLException {
        return new OfCluster(
                row.getString("id"),
                new EventView(
                        row.getString("type"),
                        row.getString("reason"),
                        row.getString("message"),
                        row.getString("source"),
                        instant(row, "first_at"),
                        instant(row, "last_at"),
                        row.getLong("count")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
