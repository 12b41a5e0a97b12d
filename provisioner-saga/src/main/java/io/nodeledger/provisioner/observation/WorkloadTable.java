package io.nodeledger.provisioner.observation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What nodes hold, in {@code provisioner.kubernetes_workload}; written in transactions of {@link ObservationTable}. */
final class WorkloadTable {
    private static final String WRITE = """
            insert into provisioner.kubernetes_workload
                (region, node_id, allocatable, capacity, taints, labels, unschedulable,
                 requested_cpu, requested_memory, requested_storage, pods, applications)
            select ?, node_id, allocatable::json, capacity::json, taints::json, labels::json, unschedulable::boolean,
                   cpu::bigint, memory::bigint, storage::bigint, pods::integer, applications::json
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::text[], ?::text[], ?::text[])
                as s (node_id, allocatable, capacity, taints, labels, unschedulable, cpu, memory, storage, pods,
                      applications)
            on conflict (region, node_id) do update
               set allocatable = excluded.allocatable, capacity = excluded.capacity, taints = excluded.taints,
                   labels = excluded.labels, unschedulable = excluded.unschedulable,
                   requested_cpu = excluded.requested_cpu, requested_memory = excluded.requested_memory,
                   requested_storage = excluded.requested_storage, pods = excluded.pods,
                   applications = excluded.applications""";

    private final JdbcClient jdbc;

    WorkloadTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What is written down of a region, by node. */
    Map<String, Workload> read(String region) {
        var workloads = new HashMap<String, Workload>();
        jdbc.sql("""
                        select node_id, allocatable, capacity, taints, labels, unschedulable,
                               requested_cpu, requested_memory, requested_storage, pods, applications
                          from provisioner.kubernetes_workload where region = ?""").param(region).query((ResultSet row) -> {
            workloads.put(row.getString("node_id"), workload(row));
        });
        return workloads;
    }

    /** One statement, however many nodes there are. */
    void write(String region, List<Observation> nodes) {
        if (!nodes.isEmpty()) {
            jdbc.sql(WRITE)
                    .param(region)
                    .param(nodes.stream().map(node -> node.node().nodeId()).toArray(String[]::new))
                    .param(texts(nodes, Workload::allocatable))
                    .param(texts(nodes, Workload::capacity))
                    .param(texts(nodes, Workload::taints))
                    .param(texts(nodes, Workload::labels))
                    .param(texts(nodes, workload -> Boolean.toString(workload.unschedulable())))
                    .param(texts(nodes, workload -> Long.toString(workload.requestedCpu())))
                    .param(texts(nodes, workload -> Long.toString(workload.requestedMemory())))
                    .param(texts(nodes, workload -> Long.toString(workload.requestedStorage())))
                    .param(texts(nodes, workload -> Integer.toString(workload.pods())))
                    .param(texts(nodes, Workload::applications))
                    .update();
        }
    }

    void forget(String region, String[] gone) {
        jdbc.sql("delete from provisioner.kubernetes_workload where region = ? and node_id = any (?)")
                .params(region, gone)
                .update();
    }

    private static Workload workload(ResultSet row) throws SQLException {
        return new Workload(
                row.getString("allocatable"),
                row.getString("capacity"),
                row.getString("taints"),
                row.getString("labels"),
                row.getBoolean("unschedulable"),
                row.getLong("requested_cpu"),
                row.getLong("requested_memory"),
                row.getLong("requested_storage"),
                row.getInt("pods"),
                row.getString("applications"));
    }

    private static String[] texts(List<Observation> nodes, Function<Workload, String> text) {
        return nodes.stream()
                .map(node -> text.apply(Objects.requireNonNull(node.workload(), "chosen for it")))
                .toArray(String[]::new);
    }
}
