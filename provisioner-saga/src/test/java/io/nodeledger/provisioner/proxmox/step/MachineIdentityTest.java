package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.DOWN;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.MachineCondition;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose machine is destroyed, and what keeps one from being destroyed. */
class MachineIdentityTest {
    @TempDir
    private static Path folder;

    private static SimulatedProxmox proxmox;

    @BeforeAll
    static void start() throws Exception {
        proxmox = new SimulatedProxmox(folder, null);
    }

    @AfterEach
    void noMoreFaults() {
        proxmox.cluster.faults().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        proxmox.close();
    }

    @Test
    void a_node_that_has_lost_its_machine_gets_another_id_and_whoever_comes_late_takes_nothing_away() throws Exception {
        var node = proxmox.made();
        var late = new NodeUnderTest(node.id, node.facts().region());
        var first = proxmox.steps.once(node, ALLOCATE, 1);
        late.apply(first);
        node.machine = MachineCondition.GONE;
        late.machine = MachineCondition.GONE;

        var second = proxmox.steps.once(node, ALLOCATE, 1);

        assertThat(second).isNotEqualTo(first);
        assertThat(proxmox.steps.once(late, ALLOCATE, 1)).isEqualTo(second);
    }

    @Test
    void a_machine_that_changes_hands_while_it_is_stopped_is_left_alone() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        proxmox.cluster.faults().add(Trouble.denied("/tasks/"));
        node.onTaskStarted = () -> {
            proxmox.cluster.faults().clear();
            proxmox.configure(node, ownedBySomebody());
        };

        proxmox.steps.once(node, DESTROY, 1);
        node.onTaskStarted = () -> {};
        assertDone(proxmox.steps.run(node, DESTROY));
        assertDone(proxmox.steps.run(node, VERIFY_GONE));

        assertThat(proxmox.exists(node)).isTrue();
    }

    @Test
    void a_machine_that_another_nodes_tag_is_on_is_nobodys_and_its_id_is_burnt() {
        var node = proxmox.made(CLONE, CONFIGURE);
        proxmox.configure(node, Map.of("tags", "nodeledger;" + node.id + ";" + Ids.node()));

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isTrue();
        assertThat(proxmox.steps.ids.claimOf(StepsUnderTest.REGION, node.id)).isEmpty();
        assertThat(proxmox.allocated().vmId()).isNotEqualTo(node.vmId());
    }

    @Test
    void a_machine_that_is_described_as_anothers_is_left_alone_although_it_has_our_tag() {
        var node = proxmox.made(CLONE, CONFIGURE);
        proxmox.configure(node, Map.of("description", OwnerMarker.description(Ids.node(), "ws-other")));

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isTrue();
    }

    @Test
    void a_machine_whose_description_somebody_rewrote_is_known_by_its_tag() {
        var node = proxmox.made(CLONE, CONFIGURE);
        proxmox.configure(node, Map.of("description", "our best machine"));

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void what_a_clone_left_without_a_disk_is_destroyed_and_made_anew() throws Exception {
        var node = proxmox.made(CLONE);
        proxmox.configure(
                node, Map.of("delete", proxmox.configOf(node).rootDisk().orElseThrow()));
        node.forgetTask(CLONE);
        proxmox.steps.ids.cloneAsked(StepsUnderTest.REGION, node.id);

        assertThat(proxmox.steps.once(node, CLONE, 1)).isNotInstanceOf(StepResult.Finished.class);
        assertDone(proxmox.steps.run(node, CLONE));

        assertThat(proxmox.configOf(node).rootDisk()).isPresent();
    }

    @Test
    void a_protected_machine_asks_for_a_person_in_words_that_one_understands() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE);
        proxmox.configure(node, Map.of("protection", "1"));

        assertThat(proxmox.steps.once(node, DESTROY, 1)).isInstanceOfSatisfying(StepResult.Stuck.class, stuck -> {
            assertThat(stuck.code()).isEqualTo("MACHINE_PROTECTED");
            assertThat(stuck.reason())
                    .contains("protected machine " + node.vmId(), "--protection 0", "delete the node again");
        });
        proxmox.configure(node, Map.of("protection", "0"));
        assertDone(proxmox.steps.run(node, DESTROY));
    }

    @Test
    void a_cluster_without_quorum_is_waited_for_and_eats_no_attempts() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        proxmox.cluster.faults().add(Trouble.failingTask("POST", "/status/", "cluster not ready - no quorum?"));

        assertThat(proxmox.steps.once(node, HALT, 1)).isInstanceOf(StepResult.Waiting.class);
        assertDone(proxmox.steps.run(node, HALT));
        proxmox.cluster.faults().add(Trouble.alwaysRefused("DELETE", "/qemu/", "cluster not ready - no quorum?"));
        for (int look = 1; look <= 3; look++) {
            assertThat(proxmox.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.Waiting.class);
        }

        proxmox.cluster.faults().clear();
        assertDone(proxmox.steps.run(node, DESTROY));
        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void a_host_that_cannot_be_reached_is_waited_for_and_does_not_fail_the_step() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE);
        proxmox.cluster.faults().add(Trouble.unreachable("/nodes/" + proxmox.hostOf(node) + "/qemu/" + node.vmId()));

        assertThat(proxmox.steps.once(node, RESIZE, 1)).isInstanceOf(StepResult.Waiting.class);
        assertThat(proxmox.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.Waiting.class);

        proxmox.cluster.faults().clear();
        assertDone(proxmox.steps.run(node, DESTROY));
    }

    @Test
    void a_listing_that_is_empty_is_not_believed() throws Exception {
        var node = proxmox.made(CLONE);
        proxmox.cluster.migrate(node.vmId(), proxmox.anotherHost(node));
        proxmox.cluster.faults().add(Trouble.nothingListed());

        for (var step : DOWN) {
            assertThat(proxmox.steps.once(node, step, 1)).isInstanceOf(StepResult.Waiting.class);
        }
    }

    @Test
    void a_machine_that_may_not_be_looked_at_is_not_gone() throws Exception {
        var node = proxmox.made(CLONE);
        proxmox.cluster.faults().add(Trouble.denied("/qemu/" + node.vmId() + "/config"));

        assertThat(proxmox.steps.once(node, VERIFY_GONE, 1)).isNotEqualTo(StepResult.done());
        proxmox.cluster.vanish(node.vmId());
        assertThat(proxmox.steps.once(node, VERIFY_GONE, 1)).isInstanceOf(StepResult.Stuck.class);
    }

    /** As after the restore of a backup from before the node's first step. */
    @Test
    void a_machine_that_is_the_nodes_already_is_adopted_though_nothing_is_on_record() {
        var node = proxmox.made(CLONE, CONFIGURE);
        var sameNode = new NodeUnderTest(node.id, StepsUnderTest.REGION);
        proxmox.steps.ids.release(StepsUnderTest.REGION, node.id);

        proxmox.steps.run(sameNode, ALLOCATE, CLONE);

        assertThat(sameNode.vmId()).isEqualTo(node.vmId());
        assertThat(proxmox.client().listing().machines())
                .filteredOn(row -> String.valueOf(row.tags()).contains(node.id))
                .hasSize(1);
    }

    @Test
    void a_template_that_is_marked_as_a_nodes_machine_is_not_cloned() {
        var other = Ids.node();
        proxmox.client().configure("pve1", 9000, Map.of("tags", "template;" + other));
        try (var fresh = proxmox.anotherInstance()) {
            var node = new NodeUnderTest(Ids.node(), StepsUnderTest.REGION);

            assertThat(fresh.run(node, ALLOCATE))
                    .isInstanceOfSatisfying(
                            StepResult.Finished.class,
                            finished -> assertThat(finished.outcome())
                                    .isInstanceOfSatisfying(
                                            Outcome.Failed.class,
                                            failed -> assertThat(failed.reason())
                                                    .contains("Template 9000 is marked", other)));
        } finally {
            proxmox.client().configure("pve1", 9000, Map.of("tags", "template"));
        }
    }

    @Test
    void what_kubernetes_still_knows_is_removed_once_the_machine_is_gone_and_the_id_is_kept_until_then()
            throws Exception {
        var node = proxmox.made(CLONE);
        DOWN.subList(0, 2).forEach(step -> assertDone(proxmox.steps.run(node, step)));
        proxmox.steps.removedFromKubernetes.answer = StepResult.retry("Kubernetes: no route");

        assertThat(proxmox.steps.once(node, VERIFY_GONE, 1)).isEqualTo(StepResult.retry("Kubernetes: no route"));
        assertThat(proxmox.steps.ids.claimOf(StepsUnderTest.REGION, node.id)).isPresent();

        proxmox.steps.removedFromKubernetes.answer = StepResult.done();
        assertDone(proxmox.steps.run(node, VERIFY_GONE));
        assertThat(proxmox.steps.removedFromKubernetes.nodes).contains(node.id);
        assertThat(proxmox.steps.ids.claimOf(StepsUnderTest.REGION, node.id)).isEmpty();
    }

    private static Map<String, String> ownedBySomebody() {
        return Map.of("description", OwnerMarker.description(Ids.node(), "ws-other"), "tags", "nodeledger");
    }
}
