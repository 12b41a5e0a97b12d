package io.nodeledger.provisioner.reconciliation;

import static io.nodeledger.provisioner.reconciliation.Compared.LISTED_AT;
import static io.nodeledger.provisioner.reconciliation.Compared.compare;
import static io.nodeledger.provisioner.reconciliation.Compared.id;
import static io.nodeledger.provisioner.reconciliation.Compared.kinds;
import static io.nodeledger.provisioner.reconciliation.Compared.kubernetes;
import static io.nodeledger.provisioner.reconciliation.Compared.machine;
import static io.nodeledger.provisioner.reconciliation.Compared.node;
import static io.nodeledger.provisioner.reconciliation.Compared.row;
import static io.nodeledger.provisioner.reconciliation.Compared.running;
import static io.nodeledger.provisioner.reconciliation.Compared.vmId;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.reconciliation.KubernetesListing.SeenNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the listings alone suggest. */
class ComparisonTest {
    @Test
    void ten_thousand_nodes_that_are_well_suggest_nothing() {
        var nodes = IntStream.range(0, 10_000).mapToObj(Compared::running).toList();
        var machines = IntStream.range(0, 10_000)
                .mapToObj(number -> machine(number, true))
                .toList();
        var seen = IntStream.range(0, 10_000).mapToObj(Compared::kubernetes).toList();

        assertThat(compare(nodes, machines)).isEmpty();
        assertThat(KubernetesComparison.of(nodes, new KubernetesListing(seen), LISTED_AT))
                .isEmpty();
    }

    @Test
    void each_difference_of_a_machine_has_its_kind() {
        var stopped = node(2, NodeStatus.STOPPED, null, LISTED_AT.minusSeconds(60));

        assertThat(of(running(1))).containsExactly(DriftKind.MACHINE_VANISHED);
        assertThat(of(running(1), machine(1, false))).containsExactly(DriftKind.POWERED_OFF);
        assertThat(of(stopped, machine(2, true))).containsExactly(DriftKind.POWERED_ON);
        assertThat(of(stopped, machine(2, false))).isEmpty();
        assertThat(of(running(1), row(vmId(1), "pve2", true, "nodeledger;" + id(1))))
                .containsExactly(DriftKind.MACHINE_MIGRATED);
        assertThat(of(running(1), row(vmId(1), "pve1", true, "theirs"))).containsExactly(DriftKind.MARKER_LOST);
    }

    @Test
    void a_machine_on_a_dead_host_is_neither_off_nor_gone() {
        assertThat(of(running(1), row(vmId(1), "dead", false, "nodeledger;" + id(1))))
                .containsExactly(DriftKind.HOST_OFFLINE);
    }

    @Test
    void a_node_in_an_operation_or_changed_since_the_listing_is_left_out() {
        var deleting = node(1, NodeStatus.DELETING, "task-1", LISTED_AT.minusSeconds(60));
        var justStarted = node(1, NodeStatus.RUNNING, null, LISTED_AT);

        assertThat(of(deleting)).isEmpty();
        assertThat(of(justStarted)).isEmpty();
        assertThat(of(justStarted, machine(1, false))).isEmpty();
    }

    @Test
    void a_machine_tagged_as_that_of_a_node_in_flight_is_its_business() {
        var provisioning = node(1, NodeStatus.PROVISIONING, "task-1", LISTED_AT.minusSeconds(60));

        assertThat(of(provisioning, row(vmId(9), "pve1", true, "nodeledger;" + id(1))))
                .isEmpty();
    }

    @Test
    void only_what_looks_like_ours_is_looked_at() {
        assertThat(of(running(1), machine(1, true), row(vmId(9), "pve1", true, null)))
                .as("an id of ours")
                .containsExactly(DriftKind.STRAY_MACHINE);
        assertThat(of(running(1), machine(1, true), row(500, "pve1", true, "nodeledger;" + id(9))))
                .as("tagged as ours")
                .containsExactly(DriftKind.STRAY_MACHINE);
        assertThat(of(
                        running(1),
                        machine(1, true),
                        row(500, "pve1", true, "node-1"),
                        row(501, "pve1", true, null),
                        new MachineRow(vmId(8), "pve1", true, true, false, 2, 1, null, 0),
                        new MachineRow(vmId(9), "pve1", false, false, true, 2, 1, null, 0)))
                .as("somebody else's, a container and a template")
                .isEmpty();
    }

    @Test
    void each_difference_of_a_kubernetes_node_has_its_kind() {
        assertThat(ofKubernetes(running(1))).containsExactly(DriftKind.KUBERNETES_NODE_LOST);
        assertThat(ofKubernetes(running(1), new SeenNode("other", "uid", id(1))))
                .containsExactly(DriftKind.KUBERNETES_NODE_RENAMED);
        assertThat(ofKubernetes(running(1), new SeenNode(id(1) + "-k8s", "another-uid", id(1))))
                .containsExactly(DriftKind.KUBERNETES_NODE_RECOVERED);
        assertThat(ofKubernetes(running(1), kubernetes(1), kubernetes(2)))
                .containsExactly(DriftKind.STRAY_KUBERNETES_NODE);
        assertThat(ofKubernetes(running(1), kubernetes(1), new SeenNode("other", "uid", id(1))))
                .containsExactly(DriftKind.STRAY_KUBERNETES_NODE);
    }

    private static List<DriftKind> of(KnownNode node, MachineRow... machines) {
        return kinds(compare(List.of(node), List.of(machines)));
    }

    private static List<DriftKind> ofKubernetes(KnownNode node, SeenNode... seen) {
        return kinds(KubernetesComparison.of(List.of(node), new KubernetesListing(List.of(seen)), LISTED_AT));
    }
}
