package io.nodeledger.provisioner.incident;

import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how the nodes of a region are, out of what clusters and machines were seen to say: one statement for all. */
final class VitalSigns {
    private static final String ALL = """
            select n.node_id, n.workspace_id, n.settled_at, c.observed_at, k.ready, h.seen_at, l.sampled_at, l.cpu,
                   case when l.by_kubelet then l.memory_used / nullif(l.memory_total, 0)::float8 end as memory,
                   case when l.detailed_at > l.sampled_at - interval '10 minutes' and l.detailed_at > n.settled_at
                        then l.storage_used / nullif(l.storage_total, 0)::float8 end as storage,
                   coalesce(o.cpu_percentage, w.cpu_percentage) as cpu_percentage,
                   coalesce(o.cpu_for_seconds, w.cpu_for_seconds) as cpu_for_seconds,
                   coalesce(o.memory_percentage, w.memory_percentage) as memory_percentage,
                   coalesce(o.memory_for_seconds, w.memory_for_seconds) as memory_for_seconds,
                   coalesce(o.storage_percentage, w.storage_percentage) as storage_percentage,
                   coalesce(o.storage_for_seconds, w.storage_for_seconds) as storage_for_seconds,
                   array(select i.kind from provisioner.open_incident i where i.node_id = n.node_id) as open
              from provisioner.known_node n
              left join provisioner.observed_cluster c on c.region = n.region
              left join provisioner.kubernetes_node k on k.region = n.region and k.node_id = n.node_id
              left join provisioner.kubernetes_heartbeat h on h.region = n.region and h.node_id = n.node_id
              left join provisioner.telemetry_latest l on l.node_id = n.node_id
              left join provisioner.node_thresholds o on o.node_id = n.node_id
              left join provisioner.workspace_thresholds w on w.workspace_id = n.workspace_id
             where n.region = ? and n.status = 'RUNNING' and n.operation_id is null""";

    private final JdbcClient jdbc;

    VitalSigns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of all nodes that run and that no operation works on. */
    List<Vitals> in(String region) {
        return jdbc.sql(ALL).param(region).query(VitalSigns::vitals).list();
    }

    private static Vitals vitals(ResultSet row, int number) throws SQLException {
        return new Vitals(
                row.getString("node_id"),
                row.getString("workspace_id"),
                Objects.requireNonNull(instant(row, "settled_at"), "never null"),
                instant(row, "observed_at"),
                row.getObject("ready", Boolean.class),
                instant(row, "seen_at"),
                instant(row, "sampled_at"),
                share(row, "cpu"),
                share(row, "memory"),
                share(row, "storage"),
                new Thresholds(threshold(row, "cpu"), threshold(row, "memory"), threshold(row, "storage")),
                Set.of((String[]) row.getArray("open").getArray()));
    }

    private static @Nullable Double share(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Threshold threshold(ResultSet row, String resource) throws SQLException {
        @Nullable BigDecimal percentage = row.getBigDecimal(resource + "_percentage");
        return percentage == null ? null : new Threshold(percentage, row.getInt(resource + "_for_seconds"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
