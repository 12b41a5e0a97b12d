package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Steps that succeed, fail and are overtaken. */
class StepActivityTest {
    /** Snapshots must make no difference: a node's steps read its events. */
    private static final ScriptedInstance INSTANCE = new ScriptedInstance("--nodeledger.eventstore.snapshot-every=3");

    private String nodeId = "";

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @Test
    void aNodeGoesThroughItsStepsAndEachEventNamesTheRequestThatBeganItAll() {
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(INSTANCE.stream(nodeId))
                .allSatisfy(event -> assertThat(event.getMetaData()).containsEntry(Cause.REQUEST_ID, "req-" + nodeId))
                .allSatisfy(event -> assertThat(event.getIdentifier()).matches("evt-[0-9a-z]{26}"));
        assertThat(INSTANCE.stream(nodeId).getLast().getMetaData()).containsKey(Cause.CAUSING_EVENT_ID);
        INSTANCE.awaitNoActivity();
    }

    @Test
    void aPassingFailureIsTriedAgainAndToldWhy() {
        INSTANCE.step(Step.CLONE).next((_, _) -> StepResult.retry("The storage is locked."));
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(events())
                .filteredOn(StepDelayed.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(StepDelayed.class, delayed -> {
                    assertThat(delayed.reason()).isEqualTo("The storage is locked.");
                    assertThat(delayed.attempt()).isEqualTo(1);
                });
    }

    @Test
    void aStepThatFailsTooOftenIsUndone() {
        for (int i = 0; i < 3; i++) {
            INSTANCE.step(Step.BOOT).next((_, _) -> StepResult.retry("No quorum."));
        }
        provision();

        awaitEvent(NodeProvisioningFailed.class);
        assertThat(last()).isInstanceOfSatisfying(NodeProvisioningFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("STEP_RETRIES_EXHAUSTED");
            assertThat(failed.failedStep()).isEqualTo(Step.BOOT);
            assertThat(failed.reason()).contains("No quorum.");
        });
    }

    @Test
    void anUnexpectedErrorIsNoDeadEnd() {
        INSTANCE.step(Step.RESIZE).next((_, _) -> {
            throw new IllegalStateException("a bug");
        });
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void aDeletionWaitsForTheStepThatItPreEmptsAndThatStepMayNotActAnyMore() throws InterruptedException {
        var cloning = new CountDownLatch(1);
        var deleted = new CountDownLatch(1);
        var lost = new CountDownLatch(1);
        var cordonCallsBefore = INSTANCE.step(Step.CORDON).calls();
        INSTANCE.step(Step.CLONE).next((_, attempt) -> {
            cloning.countDown();
            deleted.await();
            assertThat(INSTANCE.step(Step.CORDON).calls()).isEqualTo(cordonCallsBefore);
            try {
                attempt.assertLease();
            } catch (LeaseLost expected) {
                lost.countDown();
                throw expected;
            }
            return StepResult.done();
        });
        provision();
        cloning.await();

        INSTANCE.delete(nodeId, false);
        deleted.countDown();

        awaitEvent(NodeDeleted.class);
        assertThat(lost.getCount()).isZero();
        INSTANCE.awaitNoActivity();
    }

    /** Instances in one JVM, on one host, or in containers of one name all pick rows under the same name. */
    @Test
    void aStepThatAnotherInstanceOfTheSameHostHasTakenOverMayNotActAnyMore() throws InterruptedException {
        var lost = new CountDownLatch(1);
        INSTANCE.step(Step.RESIZE).next((node, attempt) -> {
            INSTANCE.updateRow(node.nodeId(), "version = version + 2");
            try {
                attempt.assertLease();
            } catch (LeaseLost expected) {
                lost.countDown();
                throw expected;
            }
            return StepResult.done();
        });
        provision();

        assertThat(lost.await(20, TimeUnit.SECONDS)).isTrue();
        INSTANCE.updateRow(nodeId, "version = version + 1, picked = false");
        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void forceOvertakesADrainThatWaits() throws InterruptedException {
        provision();
        awaitEvent(NodeProvisioningCompleted.class);
        var draining = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            INSTANCE.step(Step.DRAIN).next((_, _) -> {
                draining.countDown();
                return StepResult.waiting("a budget blocks it", Duration.ofMillis(50));
            });
        }
        INSTANCE.delete(nodeId, false);
        draining.await();
        INSTANCE.delete(nodeId, true);

        awaitEvent(NodeDeleted.class);
        INSTANCE.step(Step.DRAIN).forget();
    }

    @Test
    void aBurntMachineIdLeadsToAnother() {
        INSTANCE.step(Step.CLONE).next((_, _) -> new StepResult.Finished(new Outcome.IdTaken(100, "foreign")));
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(events())
                .filteredOn(NodeEvent.MachineAllocated.class::isInstance)
                .hasSize(2);
    }

    private void provision() {
        nodeId = INSTANCE.provision();
    }

    private void awaitEvent(Class<? extends NodeEvent> type) {
        INSTANCE.awaitEvent(nodeId, type);
    }

    private NodeEvent last() {
        return events().getLast();
    }

    private List<NodeEvent> events() {
        return INSTANCE.events(nodeId);
    }
}
