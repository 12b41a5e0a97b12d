package io.nodeledger.query.status;

import io.nodeledger.query.observed.ObservedTables;
import io.nodeledger.query.projection.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Reads what the clusters said of nodes; nothing before they have been observed for the first time. */
public final class ObservationQueries {
    private static final TypeReference<List<Map<String, String>>> CONDITIONS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public ObservationQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    Optional<Observed> of(String region, String nodeId) {
        if (!tables.has("provisioner.kubernetes_heartbeat")) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT c.observed_at, n.ready, n.schedulable, n.conditions, n.system, n.booted_at, h.seen_at
                        FROM provisioner.kubernetes_node n
                        JOIN provisioner.observed_cluster c USING (region)
                        LEFT JOIN provisioner.kubernetes_heartbeat h USING (region, node_id)
                        WHERE n.region = ? AND n.node_id = ?""")
                .params(region, nodeId)
                .query(ObservationQueries::observed)
                .optional();
    }

    private static Observed observed(ResultSet row, int number) throws SQLException {
        return new Observed(
                instant(row, "observed_at"),
                row.getBoolean("ready"),
                row.getBoolean("schedulable"),
                RowJson.MAPPER.readValue(row.getString("conditions"), CONDITIONS).stream()
                        .map(ObservationQueries::condition)
                        .toList(),
                RowJson.MAPPER.readValue(row.getString("system"), FACTS),
                Objects.requireNonNull(instant(row, "booted_at"), "never null"),
                instant(row, "seen_at"));
    }

    private static Observed.Condition condition(Map<String, String> fields) {
        String lastTransition = fields.get("last_transition");
        return new Observed.Condition(
                fields.getOrDefault("type", ""),
                fields.getOrDefault("status", "Unknown"),
                lastTransition == null ? null : Instant.parse(lastTransition));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
