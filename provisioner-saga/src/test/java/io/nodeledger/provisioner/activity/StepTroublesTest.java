package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.NodeEvent.StepFailed;
import io.nodeledger.events.operation.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What befalls an instance, its clock or its database while it works on a step is not the step's fault. */
class StepTroublesTest {
    private static final ScriptedInstance INSTANCE =
            new ScriptedInstance("--nodeledger.activities.stalled-after=2s", "--nodeledger.activities.heartbeat=4s");

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @Test
    void aForcedDeletionWaitsForTheStepThatThePlainOnePreEmptedToo() throws InterruptedException {
        var cloning = new CountDownLatch(1);
        var deleted = new CountDownLatch(1);
        var seen = new CountDownLatch(1);
        int cordons = INSTANCE.step(Step.CORDON).calls();
        INSTANCE.step(Step.CLONE).next((_, _) -> {
            cloning.countDown();
            deleted.await();
            Thread.sleep(500);
            assertThat(INSTANCE.step(Step.CORDON).calls()).isEqualTo(cordons);
            seen.countDown();
            return StepResult.done();
        });
        String node = INSTANCE.provision();
        cloning.await();

        INSTANCE.delete(node, false);
        INSTANCE.delete(node, true);
        deleted.countDown();

        INSTANCE.awaitEvent(node, NodeDeleted.class);
        assertThat(seen.await(0, TimeUnit.SECONDS)).isTrue();
    }

    /** The row was picked by an instance of which nothing has been heard since, for longer than the step may take. */
    @Test
    void theTimeInWhichEverythingWasDownIsNotTheSteps() {
        String node = waitingAt(Step.JOIN);
        INSTANCE.step(Step.JOIN).next((_, _) -> StepResult.waiting("it boots", Duration.ofMillis(10)));
        INSTANCE.step(Step.JOIN).within(Duration.ofMillis(10));

        INSTANCE.updateRow(
                node,
                "picked = true, picked_by = 'dead', version = version + 1, last_heartbeat = now() - interval '1 hour',"
                        + " execution_time = now() - interval '1 minute'");

        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
        INSTANCE.step(Step.JOIN).forget();
    }

    @Test
    void aDueTimeOfAClockThatRanAheadIsNotWaitedFor() {
        String node = waitingAt(Step.JOIN);

        INSTANCE.updateRow(node, "execution_time = now() + interval '1 hour', version = version + 1");

        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
    }

    @Test
    void aDatabaseThatIsAwayForAMomentCostsNoAttempt() {
        INSTANCE.step(Step.BOOT).next((_, _) -> {
            throw new CannotGetJdbcConnectionException("no connection", new SQLException("refused", "08001"));
        });

        String node = INSTANCE.provision();

        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
        assertThat(INSTANCE.events(node)).noneMatch(StepDelayed.class::isInstance);
    }

    @Test
    void anInstanceThatLostItsLeaseDoesNotJudgeTheStep() throws InterruptedException {
        var judged = new CountDownLatch(1);
        INSTANCE.step(Step.RESIZE).next((node, _) -> {
            INSTANCE.updateRow(node.nodeId(), "version = version + 2");
            judged.countDown();
            return StepResult.failed("TOO_LATE", "By now another one works on it.");
        });
        String node = INSTANCE.provision();
        judged.await();

        await().pollDelay(Duration.ofMillis(300))
                .until(() -> INSTANCE.updateRow(node, "version = version + 1, picked = false") == 1);

        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
        assertThat(INSTANCE.events(node)).noneMatch(StepFailed.class::isInstance);
    }

    @Test
    void anActivityThatCannotBeReadIsTold() {
        String node = waitingAt(Step.JOIN);
        JdbcClient jdbc = INSTANCE.jdbc();
        byte[] data = jdbc.sql("select task_data from provisioner.scheduled_tasks where task_instance like ?")
                .param(node + "/%")
                .query(byte[].class)
                .single();

        INSTANCE.updateRow(node, "task_data = 'from another version', execution_time = now()");

        await().atMost(Duration.ofSeconds(20)).until(() -> INSTANCE.rows("held_operation") == 1);
        jdbc.sql("update provisioner.scheduled_tasks set task_data = ?, execution_time = now()"
                        + " where task_instance like ?")
                .param(data)
                .param(node + "/%")
                .update();
        INSTANCE.awaitEvent(node, NodeProvisioningCompleted.class);
    }

    @Test
    void aLongReasonThatNoDatabaseStoresIsStoredWithoutWhatItRefuses() {
        HeldOperations held = INSTANCE.bean(HeldOperations.class);

        held.hold("task-long", "node-long", null, new IllegalStateException("\0" + "x".repeat(1000)));

        assertThat(held.all()).extracting(HeldOperations.Held::operationId).contains("task-long");
        held.release("task-long");
    }

    /** A node that waits at a step until its due time is moved, or for longer than anything is held up. */
    private static String waitingAt(Step step) {
        INSTANCE.step(step).next((_, _) -> StepResult.waiting("it boots", Duration.ofSeconds(15)));
        int calls = INSTANCE.step(step).calls();
        String node = INSTANCE.provision();
        await().atMost(Duration.ofSeconds(20)).until(() -> INSTANCE.step(step).calls() > calls);
        INSTANCE.awaitActivity(node);
        return node;
    }
}
