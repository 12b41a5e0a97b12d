package io.nodeledger.query.observed;

import io.nodeledger.query.projection.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Reads what nodes hold; nothing when that was not observed lately. */
public final class WorkloadQueries {
    /** The table that has to be there. */
    public static final String TABLE = "provisioner.kubernetes_workload";

    private static final TypeReference<Map<String, String>> QUANTITIES = new TypeReference<>() {};
    private static final TypeReference<List<ObservedWorkload.Application>> APPLICATIONS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final ObservedTables tables;
    private final WorkloadSettings settings;

    public WorkloadQueries(JdbcClient jdbc, ObservedTables tables, WorkloadSettings settings) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.settings = settings;
    }

    /** What the node holds now. */
    public Optional<ObservedWorkload> of(String region, String nodeId, Instant now) {
        if (!tables.has(TABLE)) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        SELECT w.allocatable, w.capacity, w.applications
                        FROM provisioner.kubernetes_workload w
                        JOIN provisioner.observed_cluster c USING (region)
                        WHERE w.region = ? AND w.node_id = ? AND c.pods_observed_at >= ?::timestamptz""")
                .params(region, nodeId, settings.oldest(now).toString())
                .query((row, _) -> workload(row))
                .optional();
    }

    private static ObservedWorkload workload(ResultSet row) throws SQLException {
        return new ObservedWorkload(
                RowJson.MAPPER.readValue(row.getString("allocatable"), QUANTITIES),
                RowJson.MAPPER.readValue(row.getString("capacity"), QUANTITIES),
                RowJson.MAPPER.readValue(row.getString("applications"), APPLICATIONS));
    }
}
