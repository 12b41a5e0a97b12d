package io.nodeledger.provisioner.proxmox.step;

import static io.nodeledger.events.operation.Step.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the steps do on any Proxmox VE cluster, simulated or real. */
abstract class MachineStepsConformance {
    static final List<Step> UP = List.of(ALLOCATE, CLONE, CONFIGURE, RESIZE, BOOT, ADDRESS);
    static final List<Step> DOWN = List.of(HALT, DESTROY, VERIFY_GONE);

    abstract StepsUnderTest steps();

    @Test
    void a_machine_is_made_and_removed_and_every_step_may_run_twice() throws Exception {
        var node = new NodeUnderTest(Ids.node(), StepsUnderTest.REGION);

        for (Step step : UP) {
            assertDone(steps().run(node, step));
            assertDone(steps().run(node, step));
        }
        var machine = steps().region().client().listing().machine(node.vmId()).orElseThrow();
        var config = steps().region().client().config(machine.host(), node.vmId());
        assertThat(OwnerMarker.ownerOf(config)).contains(node.id);
        assertThat(config.tags()).contains("nodeledger", node.id);
        assertThat(config.text("cores")).isEqualTo("4");
        assertThat(config.text("memory")).isEqualTo("8192");
        assertThat(DiskSize.of(config.text(config.rootDisk().orElseThrow()))).contains(100L << 30);
        assertThat(config.text("ide2")).contains("nodeledger-" + node.id + ".iso");

        for (Step step : DOWN) {
            assertDone(steps().run(node, step));
            assertDone(steps().run(node, step));
        }
        assertThat(steps().region().client().listing().machine(node.vmId())).isEmpty();
        assertThat(steps().ids.claimOf(StepsUnderTest.REGION, node.id)).isEmpty();
    }

    @Test
    void case05_what_was_never_made_is_removed_at_once() {
        var node = new NodeUnderTest(Ids.node(), StepsUnderTest.REGION);
        DOWN.forEach(step -> assertDone(steps().run(node, step)));

        steps().run(node, ALLOCATE);
        DOWN.forEach(step -> assertDone(steps().run(node, step)));
    }

    @Test
    void case08_undoing_after_any_step_leaves_nothing() {
        for (int made = 1; made <= UP.size(); made++) {
            var node = new NodeUnderTest(Ids.node(), StepsUnderTest.REGION);
            UP.subList(0, made).forEach(step -> assertDone(steps().run(node, step)));

            node.compensating = true;
            DOWN.forEach(step -> assertDone(steps().run(node, step)));

            assertThat(steps().region().client().listing().machine(node.vmId())).isEmpty();
        }
    }

    static void assertDone(StepResult result) {
        assertThat(result).isInstanceOf(StepResult.Finished.class);
        assertThat(((StepResult.Finished) result).outcome())
                .isInstanceOfAny(Outcome.Done.class, Outcome.Allocated.class, Outcome.Addressed.class);
    }
}
