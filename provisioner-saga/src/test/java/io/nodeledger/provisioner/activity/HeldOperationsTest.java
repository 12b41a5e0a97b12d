package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.operation.Step;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an operation whose own machinery breaks. */
class HeldOperationsTest {
    private static final ScriptedInstance INSTANCE = new ScriptedInstance();

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON at all", "{}"})
    void anOperationWhoseSagaIsDamagedIsDrivenOnWithoutIt(String damage) throws InterruptedException {
        // given
        var cloning = new CountDownLatch(1);
        var damaged = new CountDownLatch(1);
        INSTANCE.step(Step.CLONE).next((_, _) -> {
            cloning.countDown();
            damaged.await();
            return StepResult.done();
        });
        String node = INSTANCE.provision();
        cloning.await();

        // when
        int rows = INSTANCE.jdbc()
                .sql("update provisioner.saga_entry set serialized_saga = ?")
                .param(damage.getBytes(StandardCharsets.UTF_8))
                .update();
        assertThat(rows).isPositive();
        damaged.countDown();

        // then
        awaitRunning(node);
        await().untilAsserted(() -> {
            assertThat(count("held_operation")).isZero();
            assertThat(count("saga_entry")).isZero();
            assertThat(count("association_value_entry")).isZero();
            assertThat(count("scheduled_tasks")).isZero();
        });
    }

    @Test
    void aDamagedSagaHoldsUpNoOther() throws InterruptedException {
        // given
        var cloning = new CountDownLatch(1);
        var damaged = new CountDownLatch(1);
        INSTANCE.step(Step.CLONE).next((_, _) -> {
            cloning.countDown();
            damaged.await();
            return StepResult.done();
        });
        String node = INSTANCE.provision();
        cloning.await();
        INSTANCE.jdbc()
                .sql("update provisioner.saga_entry set serialized_saga = ?")
                .param("broken".getBytes(StandardCharsets.UTF_8))
                .update();

        // when
        String other = INSTANCE.provision();
        damaged.countDown();

        // then
        awaitRunning(other);
        awaitRunning(node);
    }

    @Test
    void aStepWhoseOutcomeCannotBeRecordedIsShownAndTriedAgain() {
        // given
        INSTANCE.step(Step.RESIZE).next((_, _) -> {
            assertThat(count("held_operation")).isZero();
            return StepResult.done("not to be stored: \0");
        });
        INSTANCE.step(Step.RESIZE).next((_, _) -> {
            assertThat(count("held_operation")).isOne();
            return StepResult.done();
        });

        // when
        String node = INSTANCE.provision();

        // then
        awaitRunning(node);
        await().untilAsserted(() -> assertThat(count("held_operation")).isZero());
    }

    private static void awaitRunning(String nodeId) {
        INSTANCE.awaitEvent(nodeId, NodeProvisioningCompleted.class);
    }

    private static int count(String table) {
        return INSTANCE.rows(table);
    }
}
