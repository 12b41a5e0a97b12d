package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.Observation;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What differs, in {@code provisioner.drift}, for the next pass and for people. */
final class DriftTable {
    /** What was put right stays in sight for so long. */
    private static final Duration REMEMBERED = Duration.ofDays(7);

    private static final String NOTE = """
            with seen as (
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[],
                                     ?::text[])
                    as s (subject, suspicion, node_id, workspace_id, vm_id, host, kubernetes_name, kubernetes_uid,
                          detail)),
            over as (
                delete from provisioner.drift d
                 where d.region = ? and d.removal_asked_at is null and d.action <> 'repaired'
                   and not exists (select from seen s where s.subject = d.subject)),
            forgotten as (
                delete from provisioner.drift where action = 'repaired' and last_seen_at < ?)
            insert into provisioner.drift as d
                (region, subject, suspicion, kind, node_id, workspace_id, vm_id, host, kubernetes_name, kubernetes_uid, detail,
                 first_seen_at, last_seen_at, passes)
            select ?, subject, suspicion, suspicion, node_id, workspace_id, vm_id, host, kubernetes_name, kubernetes_uid,
                   detail, ?, ?, 1
              from seen
            on conflict (region, subject) where action <> 'repaired' do update
               set suspicion = excluded.suspicion, vm_id = excluded.vm_id, host = excluded.host,
                   kubernetes_name = excluded.kubernetes_name,
                   kubernetes_uid = excluded.kubernetes_uid, last_seen_at = excluded.last_seen_at, action = 'none',
                   kind = case when d.suspicion = excluded.suspicion then d.kind else excluded.kind end,
                   detail = case when d.suspicion = excluded.suspicion and d.confirmed
                                 then d.detail else excluded.detail end,
                   passes = case when d.suspicion = excluded.suspicion then d.passes + 1 else 1 end,
                   confirmed = d.suspicion = excluded.suspicion and d.confirmed,
                   first_seen_at = case when d.suspicion = excluded.suspicion
                                        then d.first_seen_at else excluded.first_seen_at end
            returning id, subject, kind, passes, looked_at""";

    private final JdbcClient jdbc;

    DriftTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes down what a pass suspects, in one statement; whatever it does not suspect any more is over. */
    List<Finding> note(String region, List<Suspicion> suspicions, Instant at) {
        var bySubject = new HashMap<String, Suspicion>();
        suspicions.forEach(suspicion -> bySubject.putIfAbsent(suspicion.subject(), suspicion));
        Collection<Suspicion> seen = bySubject.values();
        return jdbc.sql(NOTE)
                .param(texts(seen, Suspicion::subject))
                .param(texts(seen, one -> one.kind().word()))
                .param(texts(seen, Suspicion::nodeId))
                .param(texts(seen, Suspicion::workspaceId))
                .param(seen.stream().map(Suspicion::vmId).toArray(Integer[]::new))
                .param(texts(seen, Suspicion::host))
                .param(texts(seen, Suspicion::kubernetesName))
                .param(texts(seen, Suspicion::kubernetesUid))
                .param(texts(seen, Suspicion::detail))
                .param(region)
                .param(utc(at.minus(REMEMBERED)))
                .param(region)
                .param(utc(at))
                .param(utc(at))
                .query((row, _) -> finding(row, bySubject))
                .list();
    }

    /** The removals that were asked for and whose subjects a pass does not see any more. */
    List<Removal> doneRemovals(String region, Instant pass) {
        return jdbc.sql("""
                        select id, kind, node_id, vm_id, host, kubernetes_name, kubernetes_uid
                          from provisioner.drift
                         where region = ? and removal_asked_at is not null and action <> 'repaired'
                           and kind in ('orphan_machine', 'orphan_kubernetes_node')
                           and last_seen_at < ?""")
                .params(region, utc(pass))
                .query(DriftTable::removal)
                .list();
    }

    /** A removal: of a machine, or else of a Kubernetes node. */
    record Removal(long id, DriftKind kind, String nodeId, int vmId, String host, String kubernetesName, String uid) {
        /** What its node is told. */
        Observation observation() {
            return kind == DriftKind.ORPHAN_MACHINE
                    ? new Observation.OrphanMachineRemoved(vmId, host)
                    : new Observation.OrphanKubernetesNodeRemoved(kubernetesName, uid);
        }
    }

    /** Says what a closer look has made of it. */
    void found(long id, Look.Told look, Instant at) {
        KnownNode node = look.node();
        jdbc.sql("""
                        update provisioner.drift
                           set kind = ?, node_id = coalesce(?, node_id), workspace_id = coalesce(?, workspace_id),
                               detail = ?, looked_at = ?, confirmed = true,
                               removal_asked_at = case when ? then removal_asked_at end
                         where id = ?""")
                .param(look.kind().word())
                .param(node == null ? null : node.nodeId())
                .param(node == null ? null : node.workspaceId())
                .param(look.detail())
                .param(utc(at))
                .param(look.kind().isOrphan())
                .param(id)
                .update();
    }

    /** It is after all as it was suspected to be; from the next pass on it counts as that again. */
    void suspectAgain(long id) {
        jdbc.sql("update provisioner.drift set kind = suspicion where id = ?")
                .param(id)
                .update();
    }

    /** Nothing came of it, or it is recorded and over. */
    void drop(long id) {
        jdbc.sql("delete from provisioner.drift where id = ?").param(id).update();
    }

    /** It was put right, or the node knows now. */
    void repaired(long id, String detail) {
        jdbc.sql("update provisioner.drift set action = 'repaired', confirmed = true, detail = ? where id = ?")
                .params(detail, id)
                .update();
    }

    /** Its removal is about to be asked for. */
    void removalAsked(long id, Instant at) {
        jdbc.sql("update provisioner.drift set removal_asked_at = ? where id = ?")
                .params(utc(at), id)
                .update();
    }

    /** Nothing is done about these for now. */
    void heldBack(Collection<Finding> findings) {
        jdbc.sql("update provisioner.drift set action = 'held_back' where id = any (?)")
                .param(findings.stream().map(Finding::id).toArray(Long[]::new))
                .update();
    }

    private static Finding finding(ResultSet row, Map<String, Suspicion> bySubject) throws SQLException {
        return new Finding(
                row.getLong("id"),
                Objects.requireNonNull(bySubject.get(row.getString("subject")), "came from there"),
                DriftKind.of(row.getString("kind")),
                row.getInt("passes"),
                instant(row, "looked_at"),
                null);
    }

    private static Removal removal(ResultSet row, int number) throws SQLException {
        return new Removal(
                row.getLong("id"),
                DriftKind.of(row.getString("kind")),
                row.getString("node_id"),
                row.getInt("vm_id"),
                String.valueOf(row.getString("host")),
                String.valueOf(row.getString("kubernetes_name")),
                String.valueOf(row.getString("kubernetes_uid")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        @Nullable OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static String[] texts(Collection<Suspicion> all, Function<Suspicion, @Nullable String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
