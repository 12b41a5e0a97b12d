package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.operation.Step;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class StepMetersTest {
    private static final ScriptedInstance INSTANCE = new ScriptedInstance("--nodeledger.metrics.read-every=100ms");

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @Test
    void stepsAreCountedByHowTheyEnd() {
        long allocations = count("nodeledger.steps", "step", "allocate", "outcome", "done", "code", "none");
        INSTANCE.step(Step.CLONE).next((_, _) -> StepResult.retry("the storage is locked"));

        INSTANCE.awaitEvent(INSTANCE.provision(), NodeProvisioningCompleted.class);

        await().until(() ->
                count("nodeledger.steps", "step", "allocate", "outcome", "done", "code", "none") == allocations + 1);
        assertThat(INSTANCE.bean(MeterRegistry.class)
                        .get("nodeledger.steps.retries")
                        .tag("step", "clone")
                        .counter()
                        .count())
                .isEqualTo(1);
        await().until(() ->
                count("nodeledger.operations", "type", "provision", "outcome", "succeeded", "code", "none") > 0);
    }

    @Test
    void aStepThatFailsSaysWhyAndItsOperationToo() {
        INSTANCE.step(Step.RESIZE).next((_, _) -> StepResult.failed("NO_SPACE", "The storage is full."));

        INSTANCE.awaitEvent(INSTANCE.provision(), NodeProvisioningFailed.class);

        await().until(() -> count("nodeledger.steps", "step", "resize", "outcome", "failed", "code", "NO_SPACE") == 1);
        await().until(() ->
                count("nodeledger.operations", "type", "provision", "outcome", "failed", "code", "NO_SPACE") == 1);
    }

    private static long count(String timer, String... labels) {
        @Nullable
        Timer found =
                INSTANCE.bean(MeterRegistry.class).find(timer).tags(labels).timer();
        return found == null ? 0 : found.count();
    }
}
