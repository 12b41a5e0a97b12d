package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.model.node.Footprint;
import io.nodeledger.model.node.Footprint.Incident;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The live nodes in {@code provisioner.known_node}. */
final class KnownNodes {
    private static final String COLUMNS =
            "node_id, workspace_id, region, status, operation_id, settled_at, vm_id, host, allocated,"
                    + " kubernetes_name, kubernetes_uid, kubernetes_incident, kubernetes_found";

    private final JdbcClient jdbc;

    KnownNodes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of a region, in one query. */
    List<KnownNode> in(String region) {
        return jdbc.sql("select " + COLUMNS + " from provisioner.known_node where region = ?")
                .param(region)
                .query(KnownNodes::read)
                .list();
    }

    Optional<KnownNode> find(String nodeId) {
        return jdbc.sql("select " + COLUMNS + " from provisioner.known_node where node_id = ?")
                .param(nodeId)
                .query(KnownNodes::read)
                .optional();
    }

    void forget(String nodeId) {
        jdbc.sql("delete from provisioner.known_node where node_id = ?")
                .param(nodeId)
                .update();
    }

    void save(KnownNode node) {
        var machine = node.footprint().machine();
        var kubernetes = node.footprint().kubernetes();
        jdbc.sql("insert into provisioner.known_node (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + """

                        on conflict (node_id) do update
                           set status = excluded.status, operation_id = excluded.operation_id,
                               settled_at = excluded.settled_at, vm_id = excluded.vm_id, host = excluded.host,
                               allocated = excluded.allocated, kubernetes_name = excluded.kubernetes_name,
                               kubernetes_uid = excluded.kubernetes_uid,
                               kubernetes_incident = excluded.kubernetes_incident,
                               kubernetes_found = excluded.kubernetes_found""")
                .params(Arrays.asList(
                        node.nodeId(),
                        node.workspaceId(),
                        node.region(),
                        node.status().name(),
                        node.operationId(),
                        node.settledAt().atOffset(ZoneOffset.UTC),
                        machine == null ? null : machine.vmId(),
                        machine == null ? null : machine.host(),
                        node.footprint().allocated().toArray(Integer[]::new),
                        kubernetes == null ? null : kubernetes.name(),
                        kubernetes == null ? null : kubernetes.uid(),
                        kubernetes == null ? null : kubernetes.incident().name(),
                        kubernetes == null ? null : kubernetes.foundName()))
                .update();
    }

    private static KnownNode read(ResultSet row, int number) throws SQLException {
        return new KnownNode(
                row.getString("node_id"),
                row.getString("workspace_id"),
                row.getString("region"),
                NodeStatus.valueOf(row.getString("status")),
                row.getString("operation_id"),
                row.getObject("settled_at", OffsetDateTime.class).toInstant(),
                new Footprint(
                        machine(row),
                        Set.of((Integer[]) row.getArray("allocated").getArray()),
                        kubernetes(row)));
    }

    private static Footprint.@Nullable Machine machine(ResultSet row) throws SQLException {
        int vmId = row.getInt("vm_id");
        return row.wasNull() ? null : new Footprint.Machine(vmId, row.getString("host"));
    }

    private static Footprint.@Nullable KubernetesNode kubernetes(ResultSet row) throws SQLException {
        String name = row.getString("kubernetes_name");
        return name == null
                ? null
                : new Footprint.KubernetesNode(
                        name,
                        row.getString("kubernetes_uid"),
                        Incident.valueOf(row.getString("kubernetes_incident")),
                        row.getString("kubernetes_found"));
    }
}
