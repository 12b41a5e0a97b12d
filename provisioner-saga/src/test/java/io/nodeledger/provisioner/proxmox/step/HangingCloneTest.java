package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static io.nodeledger.provisioner.proxmox.step.MachineStepsConformance.assertDone;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.activity.StepResult;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clone that never ends. It keeps every other clone of its template waiting, so each test has a cluster of its own. */
class HangingCloneTest {
    private SimulatedProxmox proxmox;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        proxmox = new SimulatedProxmox(folder, null);
        proxmox.cluster.faults().add(Trouble.hangingTask("POST", "/clone$"));
    }

    @AfterEach
    void stop() throws Exception {
        proxmox.close();
    }

    @Test
    void a_removal_that_waits_for_it_names_the_lock() throws Exception {
        var node = proxmox.allocated();
        proxmox.steps.once(node, CLONE, 1);

        assertDone(proxmox.steps.run(node, HALT));
        for (var step : List.of(DESTROY, VERIFY_GONE)) {
            assertThat(proxmox.steps.once(node, step, 1))
                    .isInstanceOfSatisfying(
                            StepResult.Waiting.class,
                            waiting -> assertThat(waiting.reason()).contains("locked (clone)"));
        }
    }

    @Test
    void a_slow_clone_keeps_its_slot_because_each_look_renews_it() throws Exception {
        var slow = proxmox.allocated();
        var other = proxmox.allocated();
        proxmox.steps.once(slow, CLONE, 1);
        OffsetDateTime heldUntil = heldUntil();

        for (int look = 1; look <= 3; look++) {
            assertThat(proxmox.steps.once(slow, CLONE, 1))
                    .isInstanceOfSatisfying(
                            StepResult.Waiting.class,
                            waiting -> assertThat(waiting.pause())
                                    .isLessThanOrEqualTo(Duration.ofSeconds(2))
                                    .isLessThan(CloneSlots.LEASE));
            assertThat(heldUntil()).isAfter(heldUntil);
            heldUntil = heldUntil();
            assertThat(proxmox.steps.once(other, CLONE, 1)).isInstanceOf(StepResult.Queued.class);
        }
    }

    private OffsetDateTime heldUntil() {
        return proxmox.database
                .jdbc
                .sql("select held_until from provisioner.clone_slot")
                .query(OffsetDateTime.class)
                .single();
    }
}
