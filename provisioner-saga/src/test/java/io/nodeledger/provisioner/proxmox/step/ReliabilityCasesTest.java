package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.DOWN;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.UP;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.assertDone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other systems' users met, as far as it concerns machines (source: reliability, "Cases"). */
class ReliabilityCasesTest {
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
    void case02_a_failed_clones_id_reused_by_somebody_else_is_never_destroyed() throws Exception {
        var node = proxmox.allocated();
        int taken = node.vmId();
        proxmox.cluster.faults().add(Trouble.failingTask("POST", "/clone$", "clone failed: no space left on device"));
        proxmox.steps.once(node, CLONE, 1);
        proxmox.clonedBySomebody(node, "somebody else's");

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.client().listing().machine(taken)).isPresent();
        assertThat(proxmox.allocated().vmId()).as("the id is burnt").isNotEqualTo(taken);
    }

    @Test
    void case02_a_failed_clones_id_reused_by_somebody_else_is_given_up_by_the_next_attempt() throws Exception {
        var node = proxmox.allocated();
        int taken = node.vmId();
        proxmox.cluster.faults().add(Trouble.failingTask("POST", "/clone$", "clone failed: command failed"));
        proxmox.steps.once(node, CLONE, 1);
        proxmox.clonedBySomebody(node, "somebody else's");

        assertThat(proxmox.steps.run(node, CLONE))
                .isInstanceOfSatisfying(
                        StepResult.Finished.class,
                        finished -> assertThat(finished.outcome())
                                .isInstanceOfSatisfying(
                                        Outcome.IdTaken.class,
                                        burnt -> assertThat(burnt.vmId()).isEqualTo(taken)));
        assertThat(proxmox.client().listing().machine(taken)).isPresent();
    }

    @Test
    void case03_a_destroy_that_fails_is_running_stops_the_machine_again_and_is_retried() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        assertDone(proxmox.steps.run(node, HALT));
        proxmox.cluster.power(node.vmId(), true);
        proxmox.cluster.faults().add(Trouble.failingTask("DELETE", "/qemu/", "VM is running - destroy failed"));

        assertThat(proxmox.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.RetryLater.class);
        proxmox.cluster.power(node.vmId(), true);
        assertThat(proxmox.exists(node)).as("not gone before its task is OK").isTrue();

        assertDone(proxmox.steps.run(node, DESTROY));
        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void case04_stop_and_destroy_that_race_for_the_lock_wait_and_leave_nothing() {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        proxmox.cluster.faults().add(Trouble.lockTaken("POST", "/status/(stop|shutdown)$", 2));
        proxmox.cluster.faults().add(Trouble.lockTaken("DELETE", "/qemu/\\d+$", 2));
        proxmox.cluster.faults().add(Trouble.refused("DELETE", "/qemu/\\d+$", "VM is locked (backup)"));

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void case05_a_machine_that_never_existed_is_removed_although_the_answer_is_500() {
        var node = proxmox.allocated();

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));
    }

    @Test
    void case05_a_machine_that_vanished_is_removed_although_the_answer_is_500() {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        proxmox.cluster.vanish(node.vmId());

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));
    }

    @Test
    void case06_a_machine_that_moved_between_look_and_call_is_found_in_the_cluster() throws Exception {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        assertDone(proxmox.steps.run(node, HALT));
        String gone = "Configuration file 'nodes/pve1/qemu-server/" + node.vmId() + ".conf' does not exist";
        proxmox.cluster.faults().add(Trouble.refused("DELETE", "/qemu/", gone));

        assertThat(proxmox.steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.RetryLater.class);
        proxmox.cluster.migrate(node.vmId(), proxmox.anotherHost(node));
        assertDone(proxmox.steps.run(node, DESTROY));

        assertDone(proxmox.steps.run(node, VERIFY_GONE));
        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void case07_a_machine_under_high_availability_is_removed_with_purge() {
        var node = proxmox.made(CLONE, CONFIGURE, RESIZE, BOOT);
        proxmox.cluster.haManaged(node.vmId(), true);

        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ALLOCATE", "CLONE", "CONFIGURE", "RESIZE", "BOOT", "ADDRESS"})
    void case08_deleting_after_any_step_leaves_nothing(Step last) {
        var node = proxmox.made(UP.subList(1, UP.indexOf(last) + 1).toArray(Step[]::new));

        node.compensating = true;
        DOWN.forEach(step -> assertDone(proxmox.steps.run(node, step)));

        assertThat(proxmox.exists(node)).isFalse();
        assertThat(proxmox.steps.ids.claimOf(StepsUnderTest.REGION, node.id)).isEmpty();
        assertThat(proxmox.client().isos("pve1", "shared")).noneMatch(iso -> iso.contains(node.id));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLONE", "CONFIGURE", "RESIZE", "BOOT"})
    void case10_what_was_done_before_a_crash_and_not_recorded_is_adopted(Step step) {
        var node = proxmox.made(UP.subList(1, UP.indexOf(step)).toArray(Step[]::new));
        proxmox.cluster.faults().add(Trouble.denied("/tasks/"));
        node.onTaskStarted = () -> {
            throw new Crash();
        };
        assertThatThrownBy(() -> proxmox.steps.once(node, step, 1)).isInstanceOf(Crash.class);
        node.onTaskStarted = () -> {};
        proxmox.cluster.faults().clear();

        UP.subList(UP.indexOf(step), UP.size()).forEach(next -> assertDone(proxmox.steps.run(node, next)));

        assertThat(proxmox.client().listing().machines())
                .filteredOn(row -> OwnerMarker.ownersOf(proxmox.client().config(row.host(), row.vmId()))
                        .contains(node.id))
                .hasSize(1);
    }

    @Test
    void case12_a_clone_that_turns_up_after_its_failure_was_recorded_is_removed() throws Exception {
        var node = proxmox.allocated();
        proxmox.steps.ids.cloneAsked(StepsUnderTest.REGION, node.id);
        node.compensating = true;
        assertDone(proxmox.steps.run(node, HALT));
        assertDone(proxmox.steps.run(node, DESTROY));

        assertThat(proxmox.steps.once(node, VERIFY_GONE, 1))
                .isInstanceOfSatisfying(
                        StepResult.Waiting.class,
                        waiting -> assertThat(waiting.reason()).contains("may still turn up"));
        proxmox.clonedBySomebody(node, OwnerMarker.description(node.id, "ws-demo"));
        proxmox.steps.once(node, VERIFY_GONE, 1);
        proxmox.database
                .jdbc
                .sql(
                        "update provisioner.machine_id set clone_asked_at = now() - interval '10 minutes' where node_id = ?")
                .param(node.id)
                .update();

        assertDone(proxmox.steps.run(node, VERIFY_GONE));
        assertThat(proxmox.exists(node)).isFalse();
    }

    @Test
    void case12_a_refused_clone_says_nothing_of_the_one_before_that_was_never_answered() throws Exception {
        var node = proxmox.allocated();
        proxmox.steps.ids.cloneAsked(StepsUnderTest.REGION, node.id);
        proxmox.cluster.faults().add(Trouble.unreachable("/clone$", 1));

        assertThat(proxmox.steps.once(node, CLONE, 2)).isInstanceOf(StepResult.Waiting.class);

        assertThat(proxmox.steps.ids.unansweredSince(StepsUnderTest.REGION, node.id))
                .isPresent();
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
