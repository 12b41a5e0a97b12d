package io.nodeledger.provisioner.observation;

import io.nodeledger.provisioner.observation.Observation.Heartbeat;
import io.nodeledger.provisioner.region.RegionTurns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What is observed of clusters, in {@code provisioner.kubernetes_*}. One instance writes for a region at a time. */
final class ObservationTable {
    private static final String OBSERVE = """
            insert into provisioner.observed_cluster as c (region, observed_at, pods_observed_at)
            values (?, ?, ?::timestamptz)
            on conflict (region) do update
               set observed_at = excluded.observed_at,
                   pods_observed_at = coalesce(excluded.pods_observed_at, c.pods_observed_at)""";

    private static final String DESCRIBE = """
            insert into provisioner.kubernetes_node
                (region, node_id, kubernetes_name, uid, ready, schedulable, conditions, system, boot_id, booted_at)
            select ?, node_id, name, uid, ready::boolean, schedulable::boolean, conditions::json, system::json, boot_id,
                   booted_at::timestamptz
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as s (node_id, name, uid, ready, schedulable, conditions, system, boot_id, booted_at)
            on conflict (region, node_id) do update
               set kubernetes_name = excluded.kubernetes_name, uid = excluded.uid, ready = excluded.ready,
                   schedulable = excluded.schedulable, conditions = excluded.conditions, system = excluded.system,
                   boot_id = excluded.boot_id, booted_at = excluded.booted_at""";

    private static final String BEAT = """
            insert into provisioner.kubernetes_heartbeat (region, node_id, renewed_at, seen_at)
            select ?, node_id, renewed_at::timestamptz, seen_at::timestamptz
              from unnest(?::text[], ?::text[], ?::text[]) as s (node_id, renewed_at, seen_at)
            on conflict (region, node_id) do update
               set renewed_at = excluded.renewed_at, seen_at = excluded.seen_at""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final WorkloadTable workloads;
    private final RegionTurns turns;

    ObservationTable(JdbcClient jdbc, TransactionTemplate transaction, RegionTurns turns) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.workloads = new WorkloadTable(jdbc);
        this.turns = turns;
    }

    /** What is written down of a region, and the moment for which it holds. */
    record Written(@Nullable Instant observedAt, Map<String, Observation> nodes) {}

    Written read(String region) {
        var nodes = new HashMap<String, Observation>();
        Map<String, Workload> held = workloads.read(region);
        jdbc.sql("""
                        select node_id, kubernetes_name, uid, ready, schedulable, conditions, system, boot_id, booted_at,
                               renewed_at, seen_at
                          from provisioner.kubernetes_node left join provisioner.kubernetes_heartbeat
                               using (region, node_id)
                         where region = ?""")
                .param(region)
                .query((row, _) -> observation(row, held.get(row.getString("node_id"))))
                .list()
                .forEach(node -> nodes.put(node.node().nodeId(), node));
        Optional<OffsetDateTime> observedAt =
                jdbc.sql("""
                        select observed_at from provisioner.observed_cluster
                         where region = ? and observed_at is not null""").param(region).query(OffsetDateTime.class).optional();
        return new Written(observedAt.map(OffsetDateTime::toInstant).orElse(null), nodes);
    }

    /**
     * Writes down what has changed, at most one statement for each table however many nodes there are.
     *
     * @param podsToldAt when the pods' watch last told anything; null while it has not told everything yet
     * @return false when the region has become another instance's; then nothing was written
     */
    boolean write(
            String region,
            Map<String, Observation> before,
            Map<String, Observation> now,
            Instant at,
            @Nullable Instant podsToldAt) {
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            if (!turns.holds(region)) {
                return false;
            }
            jdbc.sql(OBSERVE)
                    .param(region)
                    .param(utc(at))
                    .param(podsToldAt == null ? null : podsToldAt.toString())
                    .update();
            describe(region, changed(before, now, node -> new Description(node.node(), node.bootedAt())));
            beat(region, changed(before, now, Observation::heartbeat));
            workloads.write(region, changed(before, now, Observation::workload));
            forget(
                    region,
                    before.keySet().stream().filter(id -> !now.containsKey(id)).toArray(String[]::new));
            return true;
        }));
    }

    /** What of a node is a row of its own. */
    private record Description(SeenNode node, Instant bootedAt) {}

    private static List<Observation> changed(
            Map<String, Observation> before,
            Map<String, Observation> now,
            Function<Observation, @Nullable Object> part) {
        return now.values().stream()
                .filter(node -> {
                    Observation earlier = before.get(node.node().nodeId());
                    Object next = part.apply(node);
                    return next != null && (earlier == null || !next.equals(part.apply(earlier)));
                })
                .toList();
    }

    private void describe(String region, List<Observation> nodes) {
        if (!nodes.isEmpty()) {
            jdbc.sql(DESCRIBE)
                    .param(region)
                    .param(texts(nodes, node -> node.node().nodeId()))
                    .param(texts(nodes, node -> node.node().kubernetesName()))
                    .param(texts(nodes, node -> node.node().uid()))
                    .param(texts(nodes, node -> Boolean.toString(node.node().ready())))
                    .param(texts(nodes, node -> Boolean.toString(node.node().schedulable())))
                    .param(texts(nodes, node -> node.node().conditions()))
                    .param(texts(nodes, node -> node.node().system()))
                    .param(texts(nodes, node -> node.node().bootId()))
                    .param(texts(nodes, node -> node.bootedAt().toString()))
                    .update();
        }
    }

    private void beat(String region, List<Observation> nodes) {
        if (!nodes.isEmpty()) {
            jdbc.sql(BEAT)
                    .param(region)
                    .param(texts(nodes, node -> node.node().nodeId()))
                    .param(texts(nodes, node -> beatOf(node).renewedAt().toString()))
                    .param(texts(nodes, node -> beatOf(node).seenAt().toString()))
                    .update();
        }
    }

    private void forget(String region, String[] gone) {
        if (gone.length > 0) {
            jdbc.sql("""
                            with heartbeats as (
                                delete from provisioner.kubernetes_heartbeat where region = ? and node_id = any (?))
                            delete from provisioner.kubernetes_node where region = ? and node_id = any (?)""").params(region, gone, region, gone).update();
            workloads.forget(region, gone);
        }
    }

    private static Heartbeat beatOf(Observation node) {
        return Objects.requireNonNull(node.heartbeat(), "chosen for it");
    }

    private static Observation observation(ResultSet row, @Nullable Workload workload) throws SQLException {
        OffsetDateTime renewedAt = row.getObject("renewed_at", OffsetDateTime.class);
        return new Observation(
                new SeenNode(
                        row.getString("node_id"),
                        row.getString("kubernetes_name"),
                        row.getString("uid"),
                        row.getBoolean("ready"),
                        row.getBoolean("schedulable"),
                        row.getString("conditions"),
                        row.getString("system"),
                        row.getString("boot_id")),
                row.getObject("booted_at", OffsetDateTime.class).toInstant(),
                renewedAt == null
                        ? null
                        : new Heartbeat(
                                renewedAt.toInstant(),
                                row.getObject("seen_at", OffsetDateTime.class).toInstant()),
                workload);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static String[] texts(Collection<Observation> nodes, Function<Observation, String> text) {
        return nodes.stream().map(text).toArray(String[]::new);
    }
}
