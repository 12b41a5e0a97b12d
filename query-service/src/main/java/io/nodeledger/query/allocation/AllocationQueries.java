package io.nodeledger.query.allocation;

import io.nodeledger.events.node.Taint;
import io.nodeledger.query.observed.ObservedTables;
import io.nodeledger.query.observed.WorkloadQueries;
import io.nodeledger.query.observed.WorkloadSettings;
import io.nodeledger.query.projection.RowJson;
import io.nodeledger.query.status.HealthRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/** Reads what the running nodes of a workspace have and hold, in one statement however many there are. */
public final class AllocationQueries {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<List<Taint>> TAINTS = new TypeReference<>() {};

    private static final String COUNT =
            "SELECT count(*) FROM query.nodes WHERE workspace_id = ? AND status = 'running' AND status <> 'deleted'";

    /** Keys of the observed tables are found by their own collation; the condition on deleted nodes is that of the indexes. */
    private static final String READ = """
            SELECT n.id, n.name, c.observed_at, c.pods_observed_at, k.ready, h.seen_at,
                   w.allocatable, w.taints, w.labels, w.unschedulable,
                   w.requested_cpu, w.requested_memory, w.requested_storage, w.pods
            FROM query.nodes n
            LEFT JOIN provisioner.kubernetes_workload w
              ON w.region = n.region COLLATE "default" AND w.node_id = n.id COLLATE "default"
            LEFT JOIN provisioner.kubernetes_node k ON k.region = w.region AND k.node_id = w.node_id
            LEFT JOIN provisioner.kubernetes_heartbeat h ON h.region = w.region AND h.node_id = w.node_id
            LEFT JOIN provisioner.observed_cluster c ON c.region = w.region
            WHERE n.workspace_id = ? AND n.status = 'running' AND n.status <> 'deleted'""";

    private final JdbcClient jdbc;
    private final ObservedTables tables;
    private final WorkloadSettings settings;
    private final HealthRule rule;

    public AllocationQueries(JdbcClient jdbc, ObservedTables tables, WorkloadSettings settings, HealthRule rule) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.settings = settings;
        this.rule = rule;
    }

    ObservedNodes of(String workspaceId, Instant now) {
        if (!tables.has(WorkloadQueries.TABLE)) {
            int running =
                    jdbc.sql(COUNT).param(workspaceId).query(Integer.class).single();
            return new ObservedNodes(running, running, List.of());
        }
        var nodes = new Collected(now);
        jdbc.sql(READ).param(workspaceId).query((ResultSet row) -> nodes.add(row));
        return nodes.all();
    }

    private final class Collected {
        private final Instant now;
        private final List<Candidate> candidates = new ArrayList<>();
        private int running;
        private int unobserved;

        Collected(Instant now) {
            this.now = now;
        }

        void add(ResultSet row) throws SQLException {
            running++;
            Instant observedAt = instant(row, "observed_at");
            Instant heartbeatAt = instant(row, "seen_at");
            boolean current = rule.isCurrent(observedAt, now) && counts(instant(row, "pods_observed_at"));
            if (!current || observedAt == null || heartbeatAt == null) {
                unobserved++;
            } else if (row.getBoolean("ready") && rule.isAlive(heartbeatAt, observedAt)) {
                candidates.add(candidate(row));
            }
        }

        private boolean counts(@Nullable Instant podsObservedAt) {
            return podsObservedAt != null && !podsObservedAt.isBefore(settings.oldest(now));
        }

        ObservedNodes all() {
            return new ObservedNodes(running, unobserved, List.copyOf(candidates));
        }
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        var allocatable = RowJson.MAPPER.readValue(row.getString("allocatable"), TEXTS);
        return new Candidate(
                row.getString("id"),
                row.getString("name"),
                new Room(
                        Amounts.of(allocatable),
                        new Amounts(
                                row.getLong("requested_cpu"),
                                row.getLong("requested_memory"),
                                row.getLong("requested_storage")),
                        Amounts.count(allocatable, "pods"),
                        row.getLong("pods")),
                RowJson.MAPPER.readValue(row.getString("taints"), TAINTS),
                RowJson.MAPPER.readValue(row.getString("labels"), TEXTS),
                row.getBoolean("unschedulable"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
