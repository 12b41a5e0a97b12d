package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.operation.Step;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What began before a restore, when the log does not know whether it still holds. */
class RestoredOperationsTest {
    private static final ScriptedInstance INSTANCE = new ScriptedInstance();

    /** Nodes whose machines' power was cut. */
    private final Set<String> cut = ConcurrentHashMap.newKeySet();

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @BeforeEach
    void haltsCutThePower() {
        INSTANCE.step(Step.HALT).next(this::cutPower);
    }

    @AfterEach
    void forget() {
        INSTANCE.step(Step.HALT).forget();
    }

    @Test
    void nothingIsTakenAwayUntilAnOperatorHasAcknowledgedTheRestore() throws InterruptedException {
        // given
        String node = inUse();
        int epoch = restoredDuring(Step.CORDON, () -> INSTANCE.delete(node, false));

        // when
        awaitWaiting(node);

        // then
        assertThat(cut).isEmpty();
        assertThat(reason(node)).contains("epoch " + epoch);

        // when
        acknowledge(epoch);

        // then
        INSTANCE.awaitEvent(node, NodeDeleted.class);
        assertThat(cut).containsExactly(node);
        await().untilAsserted(() -> assertThat(INSTANCE.rows("held_operation")).isZero());
    }

    @Test
    void anOperatorAbandonsWhatDoesNotHoldAnyMore() throws InterruptedException {
        // given
        String node = inUse();
        int epoch = restoredDuring(Step.CORDON, () -> INSTANCE.delete(node, false));
        awaitWaiting(node);

        // when
        INSTANCE.jdbc()
                .sql("update provisioner.held_operation set abandoned = true where node_id = ?")
                .param(node)
                .update();
        acknowledge(epoch);

        // then
        INSTANCE.awaitEvent(node, NodeNeedsAttention.class);
        assertThat(cut).isEmpty();
        await().untilAsserted(() -> assertThat(INSTANCE.rows("held_operation")).isZero());
    }

    @Test
    void whatBeganAfterwardsGoesOnAndSoDoesWhatTakesNothingAway() throws InterruptedException {
        // given
        var made = new String[1];
        int epoch = restoredDuring(Step.CLONE, () -> made[0] = INSTANCE.provision());
        INSTANCE.awaitEvent(made[0], NodeProvisioningCompleted.class);

        // when
        INSTANCE.delete(made[0], false);

        // then
        INSTANCE.awaitEvent(made[0], NodeDeleted.class);
        assertThat(cut).containsExactly(made[0]);
        acknowledge(epoch);
    }

    @Test
    void aStreamFromBeforeIsKnownUntilTheRestoreIsAcknowledged() {
        String node = inUse();
        int epoch = openEpoch();

        assertThat(INSTANCE.bean(Restores.class).since(node)).hasValue(epoch);
        assertThat(INSTANCE.bean(Restores.class).since(inUse())).isEmpty();
        acknowledge(epoch);
        assertThat(INSTANCE.bean(Restores.class).since(node)).isEmpty();
    }

    private StepResult cutPower(NodeFacts node, Attempt attempt) {
        INSTANCE.step(Step.HALT).next(this::cutPower);
        attempt.assertLease();
        cut.add(node.nodeId());
        return StepResult.done();
    }

    private static String inUse() {
        String node = INSTANCE.provision();
        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
        return node;
    }

    /** Begins an operation, whose step has nothing left to do while the log goes on in another epoch. */
    private static int restoredDuring(Step step, Runnable beginning) throws InterruptedException {
        var begun = new CountDownLatch(1);
        var restored = new CountDownLatch(1);
        INSTANCE.step(step).next((_, _) -> {
            begun.countDown();
            restored.await();
            return StepResult.done();
        });
        beginning.run();
        begun.await();
        int epoch = openEpoch();
        restored.countDown();
        return epoch;
    }

    private static int openEpoch() {
        return INSTANCE.jdbc()
                .sql("select eventstore.open_epoch('restored')")
                .query(Integer.class)
                .single();
    }

    private static void acknowledge(int epoch) {
        assertThat(INSTANCE.jdbc()
                        .sql("select eventstore.acknowledge_epoch(?)")
                        .param(epoch)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    /** Waits until a deletion stands still, or has gone on although it must not. */
    private static void awaitWaiting(String node) {
        await().until(() -> INSTANCE.rows("held_operation") == 1
                || INSTANCE.events(node).stream().anyMatch(NodeEvent.NodeDeleted.class::isInstance));
    }

    private static String reason(String node) {
        return INSTANCE.jdbc()
                .sql("select reason from provisioner.held_operation where node_id = ?")
                .param(node)
                .query(String.class)
                .single();
    }
}
