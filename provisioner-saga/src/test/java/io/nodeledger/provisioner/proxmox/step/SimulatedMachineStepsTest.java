package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.CloneOrder;
import io.nodeledger.provisioner.proxmox.cluster.Privileges;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The steps against the simulated cluster, and what goes wrong there (source: reliability, cases 1 to 13). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedMachineStepsTest extends MachineStepsConformance {
    private SimulatedProxmox proxmox;
    private ProxmoxSimulator cluster;
    private StepsUnderTest steps;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        proxmox = new SimulatedProxmox(folder, null);
        cluster = proxmox.cluster;
        steps = proxmox.steps;
    }

    @AfterEach
    void noMoreFaults() {
        cluster.faults().clear();
    }

    @AfterAll
    void stop() throws Exception {
        proxmox.close();
    }

    @Override
    StepsUnderTest steps() {
        return steps;
    }

    private static Fault fault(FaultKind kind, String method, String path, @Nullable String reason) {
        return new Fault(kind, method, Pattern.compile(path), 500, reason, 1, Duration.ZERO);
    }

    private boolean exists(int vmId) {
        return steps.region().client().listing().machine(vmId).isPresent();
    }

    @Test
    void a_clone_whose_answer_was_lost_is_adopted() {
        var node = proxmox.allocated();
        cluster.faults().add(fault(FaultKind.LOST_REPLY, "POST", "/clone$", null));

        assertDone(steps.run(node, CLONE));
        assertThat(steps.region().client().listing().machines())
                .filteredOn(row -> row.vmId() == node.vmId())
                .hasSize(1);
    }

    @Test
    void a_clone_that_was_made_before_a_crash_is_adopted() {
        var node = proxmox.allocated();
        steps.run(node, CLONE);
        node.forgetTask(CLONE);

        assertDone(steps.run(node, CLONE));
    }

    @Test
    void a_foreign_machine_under_the_id_burns_the_id_and_is_never_touched() throws Exception {
        var node = proxmox.allocated();
        int taken = node.vmId();
        steps.region()
                .client()
                .clone(new CloneOrder("pve1", 9000, taken, "foreign", "somebody else's", "pve1", "shared", null));

        StepResult result = steps.run(node, CLONE);

        assertThat(result)
                .isInstanceOfSatisfying(
                        StepResult.Finished.class,
                        finished -> assertThat(finished.outcome()).isInstanceOf(Outcome.IdTaken.class));
        steps.run(node, ALLOCATE);
        assertThat(node.vmId()).isNotEqualTo(taken);
        assertDone(steps.run(node, CLONE));
        DOWN.forEach(step -> assertDone(steps.run(node, step)));
        assertThat(exists(taken)).isTrue();
    }

    @Test
    void a_recorded_id_that_somebody_took_over_is_left_alone_by_the_removal() {
        var node = proxmox.allocated();
        steps.region()
                .client()
                .clone(new CloneOrder("pve1", 9000, node.vmId(), "foreign", "not ours", "pve1", "shared", null));

        DOWN.forEach(step -> assertDone(steps.run(node, step)));

        assertThat(exists(node.vmId())).isTrue();
    }

    @Test
    void a_clone_that_fails_late_is_tried_again() {
        var node = proxmox.allocated();
        cluster.faults().add(fault(FaultKind.TASK_FAILURE, "POST", "/clone$", "clone failed: command failed"));

        assertDone(steps.run(node, CLONE));
    }

    @Test
    void a_clone_that_always_fails_uses_up_its_attempts() throws Exception {
        var node = proxmox.allocated();
        cluster.faults()
                .add(new Fault(
                        FaultKind.TASK_FAILURE, "POST", Pattern.compile("/clone$"), 500, "broken", 0, Duration.ZERO));

        for (int attempt = 1; attempt <= 5; attempt++) {
            assertThat(steps.once(node, CLONE, attempt)).isInstanceOf(StepResult.RetryLater.class);
        }
    }

    @Test
    void a_migrated_machine_is_found_where_it_is_now() throws Exception {
        var node = proxmox.allocated();
        steps.run(node, CLONE, CONFIGURE, RESIZE, BOOT);
        String host = steps.region()
                .client()
                .listing()
                .machine(node.vmId())
                .orElseThrow()
                .host();
        cluster.migrate(node.vmId(), host.equals("pve1") ? "pve2" : "pve1");

        assertDone(steps.run(node, ADDRESS));
        DOWN.forEach(step -> assertDone(steps.run(node, step)));
        assertThat(exists(node.vmId())).isFalse();
    }

    @Test
    void a_machine_that_vanished_is_removed_already() {
        var node = proxmox.allocated();
        steps.run(node, CLONE, CONFIGURE, RESIZE, BOOT);
        cluster.vanish(node.vmId());

        DOWN.forEach(step -> assertDone(steps.run(node, step)));
    }

    @Test
    void an_empty_listing_does_not_mean_gone() throws Exception {
        var node = proxmox.allocated();
        steps.run(node, CLONE);
        cluster.migrate(node.vmId(), "pve3");
        cluster.faults()
                .add(new Fault(
                        FaultKind.EMPTY_LIST, "GET", Pattern.compile("/cluster/resources"), 0, null, 0, Duration.ZERO));
        cluster.vanish(node.vmId());

        assertThat(steps.once(node, VERIFY_GONE, 1)).isInstanceOf(StepResult.Waiting.class);
    }

    @Test
    void a_destroy_task_that_fails_is_not_taken_for_a_removal() throws Exception {
        var node = proxmox.allocated();
        steps.run(node, CLONE);
        cluster.faults().add(fault(FaultKind.TASK_FAILURE, "DELETE", "/qemu/", "VM is running - destroy failed"));

        assertThat(steps.once(node, DESTROY, 1)).isInstanceOf(StepResult.RetryLater.class);
        assertThat(exists(node.vmId())).isTrue();
        assertDone(steps.run(node, DESTROY));
        assertThat(exists(node.vmId())).isFalse();
    }

    @Test
    void lost_answers_of_later_steps_do_no_harm() {
        var node = proxmox.allocated();
        for (String path : new String[] {"/upload$", "/config$", "/resize$", "/status/start$"}) {
            cluster.faults().add(fault(FaultKind.LOST_REPLY, path.equals("/resize$") ? "PUT" : "POST", path, null));
        }
        UP.forEach(step -> assertDone(steps.run(node, step)));
        cluster.faults().add(fault(FaultKind.LOST_REPLY, "DELETE", "/qemu/", null));
        DOWN.forEach(step -> assertDone(steps.run(node, step)));
        assertThat(exists(node.vmId())).isFalse();
    }

    @Test
    void a_machine_under_high_availability_is_removed_too() {
        var node = proxmox.allocated();
        steps.run(node, CLONE, CONFIGURE, RESIZE, BOOT);
        cluster.haManaged(node.vmId(), true);

        DOWN.forEach(step -> assertDone(steps.run(node, step)));
        assertThat(exists(node.vmId())).isFalse();
    }

    @Test
    void the_token_that_may_do_everything_lacks_nothing() {
        assertThat(Privileges.missing(
                        steps.region().settings(), steps.region().client().permissions()))
                .isEmpty();
    }
}
