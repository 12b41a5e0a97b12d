package io.nodeledger.provisioner.reconciliation;

import static io.nodeledger.provisioner.reconciliation.ReconciledWorld.FIRST_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines and Kubernetes nodes that no live node owns (source: reliability, I16, F18 and case 11). */
class StraysTest {
    private static final int BY_HAND = FIRST_ID + 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static ReconciledWorld world;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        world = new ReconciledWorld(folder).begin();
    }

    @AfterAll
    static void stop() throws Exception {
        world.close();
    }

    @BeforeEach
    void clear() throws Exception {
        world.clear();
    }

    @Test
    void a_machine_left_over_from_a_deleted_node_is_destroyed_and_the_node_stays_deleted() throws Exception {
        var left = leftover();
        String node = left.node();
        int vmId = left.vmId();

        world.pass();
        assertThat(world.exists(vmId)).as("one listing is no proof").isTrue();
        world.passes(3);

        assertThat(world.exists(vmId)).isFalse();
        assertThat(world.observed(node))
                .singleElement()
                .isInstanceOfSatisfying(
                        OrphanMachineRemoved.class,
                        removed -> assertThat(removed.vmId()).isEqualTo(vmId));
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.DELETED);
        assertThat(world.drift()).containsExactly("orphan_machine repaired");
    }

    @Test
    void a_machine_that_vanished_and_was_brought_back_is_told_and_not_destroyed() throws Exception {
        String node = world.running();
        int vmId = world.vmId(node);
        world.proxmox.vanish(vmId);
        world.passes(3);
        assertThat(world.known(node).status()).isEqualTo(NodeStatus.ERROR);

        world.makeMachine(vmId, OwnerMarker.description(node, "ws-1"));
        world.passes(4);

        assertThat(world.exists(vmId)).isTrue();
        assertThat(world.drift()).contains("unclaimed_machine none");

        world.delete(node, false);
        world.awaitStatus(node, NodeStatus.DELETED);
        assertThat(world.exists(vmId)).as("its node was deleted by somebody").isFalse();
    }

    @Test
    void a_removal_that_was_given_up_is_not_recorded_when_somebody_else_removes_the_machine() throws Exception {
        var left = leftover();
        String node = left.node();
        int vmId = left.vmId();
        world.proxmox
                .faults()
                .add(Fault.always(FaultKind.STATUS, "/qemu/" + vmId + "$").withMethod("DELETE"));
        world.passes(3);
        world.describe(vmId, "somebody's by now");
        world.passes(2);

        world.proxmox.vanish(vmId);
        world.passes(2);

        assertThat(world.observed(node)).isEmpty();
    }

    @Test
    void a_leftover_that_runs_is_powered_off_first() throws Exception {
        var left = leftover();
        String node = left.node();
        int vmId = left.vmId();
        world.proxmox.power(vmId, true);

        world.passes(4);

        assertThat(world.exists(vmId)).isFalse();
        assertThat(world.observed(node)).hasSize(1);
    }

    @Test
    void a_removal_whose_instance_died_before_it_was_recorded_is_recorded_by_the_next_pass() throws Exception {
        var left = leftover();
        String node = left.node();
        int vmId = left.vmId();
        world.proxmox
                .faults()
                .add(Fault.once(FaultKind.LOST_REPLY, "/qemu/" + vmId + "$").withMethod("DELETE"));

        world.passes(2);
        await().atMost(Duration.ofSeconds(10)).until(() -> !world.exists(vmId));
        assertThat(world.observed(node)).isEmpty();
        world.pass();

        assertThat(world.observed(node))
                .hasOnlyElementsOfType(OrphanMachineRemoved.class)
                .hasSize(1);
    }

    @Test
    void what_only_looks_like_ours_is_told_and_never_touched() throws Exception {
        String live = world.running();
        String gone = world.deleted();
        world.makeMachine(BY_HAND, "no marker, but an id of ours");
        world.makeMachine(BY_HAND + 1, OwnerMarker.description(Ids.node(), "ws-1"));
        world.makeMachine(BY_HAND + 2, OwnerMarker.description(live, "ws-1"));
        world.makeMachine(BY_HAND + 3, OwnerMarker.description(gone, "ws-1"));
        var before = world.machines();

        world.passes(4);

        assertThat(world.machines())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("uptimeSeconds")
                .containsExactlyInAnyOrderElementsOf(before);
        assertThat(world.drift())
                .containsExactlyInAnyOrder(
                        "unmarked_machine none",
                        "unknown_machine none",
                        "unclaimed_machine none",
                        "unclaimed_machine none");
        assertThat(world.observed(live)).isEmpty();
        assertThat(world.observed(gone)).isEmpty();
        assertThat(world.breaker()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"before it has its tag, POST, /qemu/\\d+/config$", "while it boots, GET, /agent/network-get-interfaces$"
    })
    void case_11_a_machine_in_the_making_is_never_removed(String when, String method, String path) throws Exception {
        world.proxmox.faults().add(busy(path).withMethod(method));
        String node = world.order();
        await().atMost(PATIENCE)
                .until(() -> !world.proxmox.faults().all().stream().allMatch(plan -> plan.happened() == 0));
        List<Integer> made = vmIds();

        world.passes(4);

        assertThat(vmIds()).hasSize(1).isEqualTo(made);
        assertThat(world.observed(node)).isEmpty();
        assertThat(world.drift()).isEmpty();
    }

    @Test
    void case_11_neither_is_one_whose_node_no_table_knows_yet() throws Exception {
        world.proxmox.faults().add(busy("/agent/network-get-interfaces$"));
        String node = world.order();
        await().atMost(PATIENCE)
                .until(() -> world.known(node).footprint().machine() != null
                        && world.proxmox.faults().all().stream().allMatch(plan -> plan.happened() > 0));
        List<Integer> made = vmIds();
        world.pass();
        world.jdbc().sql("truncate provisioner.known_node").update();

        for (int i = 0; i < 4; i++) {
            world.bean(Reconciler.class).pass(ReconciledWorld.REGION, () -> true);
        }

        new KnownNodes(world.jdbc()).save(world.known(node));
        assertThat(vmIds()).hasSize(1).isEqualTo(made);
        assertThat(world.observed(node)).isEmpty();
        assertThat(world.drift()).isEmpty();
    }

    @Test
    void a_kubernetes_node_of_a_deleted_node_goes_when_its_machine_is_gone() throws Exception {
        String node = world.deleted();
        KubernetesObjects.make(world.kubernetesClient(), node + "-k8s", node, "True");

        world.passes(3);

        assertThat(world.kubernetesClient().nodes().withName(node + "-k8s").get())
                .isNull();
        assertThat(world.observed(node)).singleElement().isInstanceOf(OrphanKubernetesNodeRemoved.class);
        assertThat(world.drift()).containsExactly("orphan_kubernetes_node repaired");
    }

    @Test
    void a_kubernetes_node_stays_while_its_kubelet_answers_on_a_machine_that_exists() throws Exception {
        String node = world.running();
        int vmId = world.vmId(node);
        world.delete(node, false);
        world.awaitStatus(node, NodeStatus.DELETED);
        world.makeMachine(vmId, "somebody else's by now");
        KubernetesObjects.make(world.kubernetesClient(), node + "-k8s", node, "True");
        KubernetesObjects.make(world.kubernetesClient(), "stranger", Ids.node(), "True");

        world.passes(3);

        assertThat(world.kubernetesClient().nodes().withName(node + "-k8s").get())
                .isNotNull();
        assertThat(world.kubernetesClient().nodes().withName("stranger").get()).isNotNull();
        assertThat(world.drift())
                .containsExactlyInAnyOrder(
                        "unmarked_machine none", "unknown_kubernetes_node none", "unknown_kubernetes_node none");
    }

    private static Fault busy(String path) {
        return Fault.always(FaultKind.STATUS, path).withReason("can't lock file - got timeout");
    }

    private static List<Integer> vmIds() {
        return world.machines().stream().map(row -> row.vmId()).toList();
    }

    private record Leftover(String node, int vmId) {}

    /** A machine that is there again after its node was deleted. */
    private static Leftover leftover() throws Exception {
        String node = world.running();
        int vmId = world.vmId(node);
        world.delete(node, false);
        world.awaitStatus(node, NodeStatus.DELETED);
        world.makeMachine(vmId, OwnerMarker.description(node, "ws-1"));
        return new Leftover(node, vmId);
    }
}
