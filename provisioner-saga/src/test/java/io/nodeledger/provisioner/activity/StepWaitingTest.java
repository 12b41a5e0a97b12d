package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What a step waits for, and for how long it may. */
class StepWaitingTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final ScriptedInstance INSTANCE = new ScriptedInstance();

    private String nodeId = "";

    @AfterAll
    static void stop() {
        INSTANCE.close();
    }

    @Test
    void aWaitIsNotAFailedAttempt() {
        for (int i = 0; i < 5; i++) {
            INSTANCE.step(Step.JOIN).next((_, _) -> StepResult.waiting("booting", Duration.ofMillis(1)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void whatAStepWaitsForIsToldSoonAndThenSeldomer() {
        INSTANCE.step(Step.JOIN).within(Duration.ofSeconds(10));
        for (int i = 0; i < 5; i++) {
            INSTANCE.step(Step.JOIN).next((_, _) -> StepResult.waiting("the guest boots", Duration.ofMillis(300)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        INSTANCE.step(Step.JOIN).forget();
        assertThat(events())
                .filteredOn(NodeEvent.StepDelayed.class::isInstance)
                .hasSizeBetween(1, 4)
                .allSatisfy(event ->
                        assertThat(((NodeEvent.StepDelayed) event).reason()).isEqualTo("the guest boots"));
    }

    @Test
    void aStepThatNeverEndsFailsAtItsDeadlineWithWhatItWaitedFor() {
        INSTANCE.step(Step.RESIZE).within(SHORT);
        for (int i = 0; i < 200; i++) {
            INSTANCE.step(Step.RESIZE).next((_, _) -> StepResult.waiting("the disk grows", Duration.ofMillis(20)));
        }
        provision();

        awaitEvent(NodeProvisioningFailed.class);
        INSTANCE.step(Step.RESIZE).forget();
        assertThat(last()).isInstanceOfSatisfying(NodeProvisioningFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("STEP_TIMED_OUT");
            assertThat(failed.reason()).contains("the disk grows");
        });
    }

    @Test
    void case13ASlowCloneEndsAtItsOwnDeadlineAndIsNotBegunAgain() {
        INSTANCE.step(Step.CLONE).within(SHORT);
        for (int i = 0; i < 200; i++) {
            INSTANCE.step(Step.CLONE).next((_, _) -> StepResult.waiting("the disk is copied", Duration.ofMillis(20)));
        }
        provision();

        awaitEvent(NodeProvisioningFailed.class);
        INSTANCE.step(Step.CLONE).forget();
        int calls = INSTANCE.step(Step.CLONE).calls();
        INSTANCE.awaitNoActivity();
        assertThat(last()).isInstanceOfSatisfying(NodeProvisioningFailed.class, failed -> {
            assertThat(failed.failedStep()).isEqualTo(Step.CLONE);
            assertThat(failed.reason()).contains("the disk is copied");
        });
        assertThat(INSTANCE.step(Step.CLONE).calls()).isEqualTo(calls);
        assertThat(events())
                .filteredOn(NodeEvent.StepSucceeded.class::isInstance)
                .extracting(event -> ((NodeEvent.StepSucceeded) event).step())
                .as("what undoes it has time of its own")
                .contains(Step.DESTROY, Step.VERIFY_GONE);
    }

    @Test
    void queueingIsNotTheStepsOwnTime() {
        INSTANCE.step(Step.CLONE).within(SHORT);
        for (int i = 0; i < 12; i++) {
            INSTANCE.step(Step.CLONE).next((_, _) -> new StepResult.Queued("others first", Duration.ofMillis(200)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        INSTANCE.step(Step.CLONE).forget();
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
