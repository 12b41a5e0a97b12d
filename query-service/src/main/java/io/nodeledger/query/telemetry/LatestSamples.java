package io.nodeledger.query.telemetry;

import io.nodeledger.query.observed.ObservedTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the last samples of nodes, and only fresh ones: an old one says nothing about now. */
public final class LatestSamples {
    static final String TABLE = "provisioner.telemetry_latest";

    private static final String COLUMNS = """
            l.node_id, l.sampled_at, l.cores, l.cpu, l.memory_used, l.memory_total, l.network_in, l.network_out,
            l.detailed_at, l.storage_used, l.storage_total, l.read_iops, l.write_iops, l.packets_in, l.packets_out""";

    private final JdbcClient jdbc;
    private final ObservedTables tables;
    private final FreshnessSettings settings;
    private final Clock clock;

    public LatestSamples(JdbcClient jdbc, ObservedTables tables, FreshnessSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.settings = settings;
        this.clock = clock;
    }

    /** Those of some nodes, by their ids. */
    public Map<String, LatestSample> of(Collection<String> nodeIds) {
        if (nodeIds.isEmpty() || !tables.has(TABLE)) {
            return Map.of();
        }
        var samples = new HashMap<String, LatestSample>();
        jdbc.sql("SELECT " + COLUMNS + ", NULL AS booted_at FROM " + TABLE
                        + " l WHERE l.node_id = ANY (?) AND l.sampled_at >= ?")
                .param(nodeIds.toArray(String[]::new))
                .param(oldest())
                .query(this::sample)
                .list()
                .forEach(sample -> samples.put(sample.nodeId(), sample));
        return samples;
    }

    /** One node's, with the time since which its system runs. */
    public Optional<LatestSample> ofNode(String region, String nodeId) {
        if (!tables.has(TABLE) || !tables.has("provisioner.kubernetes_node")) {
            return Optional.empty();
        }
        return jdbc.sql("SELECT " + COLUMNS + """
                        , k.booted_at FROM provisioner.telemetry_latest l
                        LEFT JOIN provisioner.kubernetes_node k ON k.region = ? AND k.node_id = l.node_id
                        WHERE l.node_id = ? AND l.sampled_at >= ?""")
                .params(region, nodeId, oldest())
                .query(this::sample)
                .optional();
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(settings.staleAfter()).atOffset(ZoneOffset.UTC);
    }

    private LatestSample sample(ResultSet row, int number) throws SQLException {
        Instant detailedAt = instant(row, "detailed_at");
        boolean detailed =
                detailedAt != null && !detailedAt.isBefore(clock.instant().minus(settings.detailsStaleAfter()));
        return new LatestSample(
                row.getString("node_id"),
                Objects.requireNonNull(instant(row, "sampled_at"), "never null"),
                row.getDouble("cores"),
                row.getDouble("cpu"),
                row.getLong("memory_used"),
                row.getLong("memory_total"),
                decimal(row, "network_in"),
                decimal(row, "network_out"),
                detailed ? bytes(row, "storage_used") : null,
                detailed ? bytes(row, "storage_total") : null,
                detailed ? decimal(row, "read_iops") : null,
                detailed ? decimal(row, "write_iops") : null,
                detailed ? decimal(row, "packets_in") : null,
                detailed ? decimal(row, "packets_out") : null,
                instant(row, "booted_at"));
    }

    private static @Nullable Double decimal(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Long bytes(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
