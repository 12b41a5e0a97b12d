package io.nodeledger.provisioner.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeEvent.StepFailed;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Activities;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationSagaTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final String NODE = "node-1";
    private static final String TASK = "task-1";

    private final List<String> scheduled = new ArrayList<>();
    private final SagaTestFixture<OperationSaga> fixture = new SagaTestFixture<>(OperationSaga.class);

    @BeforeEach
    void recordWhatIsScheduled() {
        Activities recording = (nodeId, operation, step, because) ->
                scheduled.add("%s %s %s %d".formatted(nodeId, operation.id(), step.word(), operation.round()));
        fixture.registerResource(recording);
    }

    @Test
    void aProvisioningBeginsWithAllocation() {
        fixture.givenNoPriorActivity().whenPublishingA(provisioningStarted()).expectActiveSagas(1);

        assertThat(scheduled).containsExactly("node-1 task-1 allocate 0");
    }

    @Test
    void eachStepThatIsDoneSchedulesTheNext() {
        fixture.givenAPublished(provisioningStarted())
                .andThenAPublished(allocated())
                .whenPublishingA(done(TASK, Step.CLONE))
                .expectActiveSagas(1);

        assertThat(scheduled)
                .containsExactly("node-1 task-1 allocate 0", "node-1 task-1 clone 0", "node-1 task-1 configure 0");
    }

    @Test
    void progressInsideAStepSchedulesNothing() {
        fixture.givenAPublished(provisioningStarted())
                .andThenAPublished(allocated())
                .whenPublishingA(new ProviderTaskStarted(NODE, TASK, Step.CLONE, 1, "UPID:x", NOW))
                .expectActiveSagas(1);

        assertThat(scheduled).hasSize(2);
    }

    @Test
    void aFailedStepTurnsTheOperationBack() {
        fixture.givenAPublished(provisioningStarted())
                .andThenAPublished(allocated())
                .whenPublishingA(new StepFailed(NODE, TASK, Step.CLONE, 1, "NO", "The provider said no.", NOW, NOW))
                .expectActiveSagas(1);

        assertThat(scheduled).last().isEqualTo("node-1 task-1 remove_from_kubernetes 0");
    }

    @Test
    void aBurntMachineIdBeginsANewRound() {
        fixture.givenAPublished(provisioningStarted())
                .andThenAPublished(allocated())
                .whenPublishingA(new MachineIdBurnt(NODE, TASK, Step.CLONE, 1, 100, "foreign", NOW))
                .expectActiveSagas(1);

        assertThat(scheduled).last().isEqualTo("node-1 task-1 allocate 1");
    }

    @Test
    void aCompletedProvisioningEndsTheSaga() {
        var facts = new KubernetesFacts("n", "u", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0");
        fixture.givenAPublished(provisioningStarted())
                .whenPublishingA(new NodeProvisioningCompleted(NODE, "ws-1", TASK, facts, NOW))
                .expectActiveSagas(0);
    }

    @Test
    void aDeletionThatPreEmptsTakesOver() {
        fixture.givenAPublished(provisioningStarted())
                .andThenAPublished(new OperationCancelled(NODE, "ws-1", TASK, OperationType.PROVISION, "deleted", NOW))
                .whenPublishingA(
                        new NodeDeletionStarted(NODE, "ws-1", "task-2", NodeStatus.PROVISIONING, false, 300, NOW, NOW))
                .expectActiveSagas(1);

        assertThat(scheduled).last().isEqualTo("node-1 task-2 cordon 0");
    }

    @Test
    void everyStepOfADeletionIsScheduledInItsOrder() {
        var given = fixture.givenAPublished(
                new NodeDeletionStarted(NODE, "ws-1", "task-2", NodeStatus.RUNNING, false, 300, NOW, NOW));
        for (Step step : OperationType.DELETE.steps()) {
            given.andThenAPublished(done("task-2", step));
        }

        assertThat(scheduled)
                .containsExactlyElementsOf(OperationType.DELETE.steps().stream()
                        .map(step -> "node-1 task-2 " + step.word() + " 0")
                        .toList());
    }

    private static NodeProvisioningStarted provisioningStarted() {
        var terms = new PlanTerms(
                "plan-dedicated-4c8g",
                new BigDecimal("0.12"),
                BigDecimal.ZERO,
                new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));
        return new NodeProvisioningStarted(
                NODE,
                "ws-1",
                TASK,
                "prod-1",
                "us-west-2",
                "proxmox",
                terms,
                Map.of(),
                List.of(),
                new BigDecimal("86.40"),
                NOW,
                NOW);
    }

    private static MachineAllocated allocated() {
        return new MachineAllocated(NODE, TASK, Step.ALLOCATE, 1, "pve1", 100, "local", NOW, NOW);
    }

    private static StepSucceeded done(String operationId, Step step) {
        return new StepSucceeded(NODE, operationId, step, 1, null, NOW, NOW);
    }
}
