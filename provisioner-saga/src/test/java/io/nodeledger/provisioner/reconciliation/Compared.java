package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.model.node.Footprint;
import io.nodeledger.model.node.Footprint.Incident;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.reconciliation.KubernetesListing.SeenNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nodes and listings for tests of the comparison; node {@code n} has machine {@code 100000 + n} on {@code pve1}. */
final class Compared {
    static final Instant LISTED_AT = Instant.parse("2026-01-01T10:00:00Z");
    private static final int FIRST = 100_000;

    private Compared() {}

    static String id(int number) {
        return "node-01jh2m3n4p5q6r7s8t9v%06d".formatted(number);
    }

    static int vmId(int number) {
        return FIRST + number;
    }

    static KnownNode node(int number, NodeStatus status, @Nullable String operationId, Instant settledAt) {
        return new KnownNode(
                id(number),
                "ws-1",
                "us-west-2",
                status,
                operationId,
                settledAt,
                new Footprint(
                        new Footprint.Machine(vmId(number), "pve1"),
                        Set.of(vmId(number)),
                        new Footprint.KubernetesNode(id(number) + "-k8s", "uid-" + number, Incident.NONE, null)));
    }

    static KnownNode running(int number) {
        return node(number, NodeStatus.RUNNING, null, LISTED_AT.minusSeconds(60));
    }

    static MachineRow machine(int number, boolean on) {
        return row(vmId(number), "pve1", on, "nodeledger;" + id(number));
    }

    static MachineRow row(int vmId, String host, boolean on, @Nullable String tags) {
        return new MachineRow(vmId, host, false, on, false, 2, 1L << 30, tags, 0);
    }

    static ClusterListing listing(List<MachineRow> machines) {
        return new ClusterListing(
                machines,
                List.of(
                        new HostRow("pve1", true, 64, 1L << 38, 0),
                        new HostRow("pve2", true, 64, 1L << 38, 0),
                        new HostRow("dead", false, 64, 1L << 38, 0)),
                List.of());
    }

    static SeenNode kubernetes(int number) {
        return new SeenNode(id(number) + "-k8s", "uid-" + number, id(number));
    }

    static List<Suspicion> compare(List<KnownNode> nodes, List<MachineRow> machines) {
        return MachineComparison.of(nodes, listing(machines), vmId -> vmId >= FIRST && vmId < 2 * FIRST, LISTED_AT);
    }

    static List<DriftKind> kinds(List<Suspicion> suspicions) {
        return suspicions.stream().map(Suspicion::kind).toList();
    }
}
