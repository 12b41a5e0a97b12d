package io.nodeledger.provisioner.transition;

import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress.Moved;
import io.nodeledger.provisioner.kubernetes.migration.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far workloads are, in {@code provisioner.transition_workload}: what was seen in a cluster, for people; and the most pods
 * that a workload has had, which says what it has to get back.
 */
final class WorkloadTable {
    private final JdbcClient jdbc;

    WorkloadTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps what is there now; workloads that are gone are forgotten. */
    void save(String transitionId, String region, MoveProgress progress) {
        List<Moved> workloads = progress.workloads();
        jdbc.sql("""
                        with seen as (
                          select :id as transition_id, :region as region, * from unnest(
                                 :namespaces::text[], :kinds::text[], :names::text[],
                                 :pods::integer[], :moved::integer[], :ready::integer[],
                                 :steady::integer[])
                               as s (namespace, kind, name, pods, moved, ready, steady)),
                        gone as (
                          delete from provisioner.transition_workload w
                           where w.transition_id = :id and w.region = :region
                             and (w.namespace, w.kind, w.name) not in (select namespace, kind, name from seen))
                        insert into provisioner.transition_workload as w
                               (transition_id, region, namespace, kind, name, pods, moved, ready, most_steady)
                        select transition_id, region, namespace, kind, name, pods, moved, ready, steady from seen
                        on conflict (transition_id, region, namespace, kind, name) do update
                           set pods = excluded.pods, moved = excluded.moved, ready = excluded.ready,
                               most_steady = greatest(w.most_steady, excluded.most_steady)
                         where (w.pods, w.moved, w.ready) <> (excluded.pods, excluded.moved, excluded.ready)
                            or w.most_steady < excluded.most_steady""")
                .param("id", transitionId)
                .param("region", region)
                .param("namespaces", texts(workloads, moved -> moved.workload().namespace()))
                .param("kinds", texts(workloads, moved -> moved.workload().kind()))
                .param("names", texts(workloads, moved -> moved.workload().name()))
                .param("pods", numbers(workloads, Moved::pods))
                .param("moved", numbers(workloads, Moved::moved))
                .param("ready", numbers(workloads, Moved::ready))
                .param("steady", numbers(workloads, moved -> progress.steady().getOrDefault(moved.workload(), 0)))
                .update();
    }

    /** The most pods of each workload that were ever seen to be Ready and stay it. */
    Map<WorkloadName, Integer> steady(String transitionId, String region) {
        return jdbc
                .sql("""
                        select namespace, kind, name, most_steady
                          from provisioner.transition_workload where transition_id = ? and region = ?""")
                .params(transitionId, region)
                .query((row, _) -> Map.entry(
                        new WorkloadName(row.getString("namespace"), row.getString("kind"), row.getString("name")),
                        row.getInt("most_steady")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** A number that changes when the workloads of a transition get on, in whichever region. */
    long progress(String transitionId) {
        return jdbc.sql("""
                        select coalesce(sum(100000::bigint * moved + ready), 0)::bigint
                          from provisioner.transition_workload where transition_id = ?""").param(transitionId).query(Long.class).single();
    }

    private static String[] texts(List<Moved> workloads, Function<Moved, String> text) {
        return workloads.stream().map(text).toArray(String[]::new);
    }

    private static Integer[] numbers(List<Moved> workloads, Function<Moved, Integer> number) {
        return workloads.stream().map(number).toArray(Integer[]::new);
    }
}
