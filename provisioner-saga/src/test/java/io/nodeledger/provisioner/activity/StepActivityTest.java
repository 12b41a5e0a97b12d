package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

class StepActivityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private static ConfigurableApplicationContext application = start();
    private static int nodes;

    private final String nodeId = "node-" + ++nodes;
    private final ScriptedProvisioner.Script script = application.getBean(ScriptedProvisioner.Script.class);

    private static ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(ScriptedProvisioner.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(
                                Arrays.stream(PostgresServer.newDatabase().asArguments()),
                                // Snapshots must make no difference: a node's steps read its events.
                                Stream.of("--nodeledger.eventstore.snapshot-every=3"))
                        .toArray(String[]::new));
    }

    @BeforeAll
    static void createWorkspace() {
        send(new PutWorkspace("ws-1", WorkspacePlan.ENTERPRISE, "us-west-2", null, null, false, NOW));
        send(new GrantCredits("ws-1", new BigDecimal("100000"), null, NOW));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void aNodeGoesThroughItsStepsAndEachEventNamesTheRequestThatBeganItAll() {
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(stream())
                .allSatisfy(event -> assertThat(event.getMetaData()).containsEntry(Cause.REQUEST_ID, "req-" + nodeId))
                .allSatisfy(event -> assertThat(event.getIdentifier()).matches("evt-[0-9a-z]{26}"));
        assertThat(stream().getLast().getMetaData()).containsKey(Cause.CAUSING_EVENT_ID);
        awaitNoActivity();
    }

    @Test
    void aPassingFailureIsTriedAgainAndToldWhy() {
        script.step(Step.CLONE).next((_, _) -> StepResult.retry("The storage is locked."));
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
            script.step(Step.BOOT).next((_, _) -> StepResult.retry("No quorum."));
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
        script.step(Step.RESIZE).next((_, _) -> {
            throw new IllegalStateException("a bug");
        });
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void aWaitIsNotAFailedAttempt() {
        for (int i = 0; i < 5; i++) {
            script.step(Step.JOIN).next((_, _) -> StepResult.waiting("booting", Duration.ofMillis(1)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void whatAStepWaitsForIsToldSoonAndThenSeldomer() {
        for (int i = 0; i < 5; i++) {
            script.step(Step.JOIN).next((_, _) -> StepResult.waiting("the guest boots", Duration.ofMillis(200)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(events())
                .filteredOn(NodeEvent.StepDelayed.class::isInstance)
                .hasSizeBetween(1, 4)
                .allSatisfy(event ->
                        assertThat(((NodeEvent.StepDelayed) event).reason()).isEqualTo("the guest boots"));
    }

    @Test
    void aDeletionWaitsForTheStepThatItPreEmptsAndThatStepMayNotActAnyMore() throws InterruptedException {
        var cloning = new CountDownLatch(1);
        var deleted = new CountDownLatch(1);
        var lost = new CountDownLatch(1);
        var cordonCallsBefore = script.step(Step.CORDON).calls();
        script.step(Step.CLONE).next((_, attempt) -> {
            cloning.countDown();
            deleted.await();
            assertThat(script.step(Step.CORDON).calls()).isEqualTo(cordonCallsBefore);
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

        send(new DeleteNode(nodeId, "ws-1", "delete-" + nodeId, false, 300, 60, NOW));
        deleted.countDown();

        awaitEvent(NodeDeleted.class);
        assertThat(lost.getCount()).isZero();
        awaitNoActivity();
    }

    /** Instances in one JVM, on one host, or in containers of one name all pick rows under the same name. */
    @Test
    void aStepThatAnotherInstanceOfTheSameHostHasTakenOverMayNotActAnyMore() throws InterruptedException {
        var lost = new CountDownLatch(1);
        script.step(Step.RESIZE).next((_, attempt) -> {
            updateRow("version = version + 2");
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
        updateRow("version = version + 1, picked = false");
        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void aStepThatNeverEndsFailsAtItsDeadlineWithWhatItWaitedFor() {
        for (int i = 0; i < 200; i++) {
            script.step(Step.RESIZE).next((_, _) -> StepResult.waiting("the disk grows", Duration.ofMillis(20)));
        }
        provision();

        awaitEvent(NodeProvisioningFailed.class);
        script.step(Step.RESIZE).forget();
        assertThat(last()).isInstanceOfSatisfying(NodeProvisioningFailed.class, failed -> {
            assertThat(failed.code()).isEqualTo("STEP_TIMED_OUT");
            assertThat(failed.reason()).contains("the disk grows");
        });
    }

    @Test
    void case13ASlowCloneEndsAtItsOwnDeadlineAndIsNotBegunAgain() {
        for (int i = 0; i < 200; i++) {
            script.step(Step.CLONE).next((_, _) -> StepResult.waiting("the disk is copied", Duration.ofMillis(20)));
        }
        provision();

        awaitEvent(NodeProvisioningFailed.class);
        script.step(Step.CLONE).forget();
        int calls = script.step(Step.CLONE).calls();
        awaitNoActivity();
        assertThat(last()).isInstanceOfSatisfying(NodeProvisioningFailed.class, failed -> {
            assertThat(failed.failedStep()).isEqualTo(Step.CLONE);
            assertThat(failed.reason()).contains("the disk is copied");
        });
        assertThat(script.step(Step.CLONE).calls()).isEqualTo(calls);
        assertThat(events())
                .filteredOn(NodeEvent.StepSucceeded.class::isInstance)
                .extracting(event -> ((NodeEvent.StepSucceeded) event).step())
                .as("what undoes it has time of its own")
                .contains(Step.DESTROY, Step.VERIFY_GONE);
    }

    @Test
    void queueingIsNotTheStepsOwnTime() {
        for (int i = 0; i < 12; i++) {
            script.step(Step.CLONE).next((_, _) -> new StepResult.Queued("others first", Duration.ofMillis(200)));
        }
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
    }

    @Test
    void forceOvertakesADrainThatWaits() throws InterruptedException {
        provision();
        awaitEvent(NodeProvisioningCompleted.class);
        var draining = new CountDownLatch(1);
        for (int i = 0; i < 50; i++) {
            script.step(Step.DRAIN).next((_, _) -> {
                draining.countDown();
                return StepResult.waiting("a budget blocks it", Duration.ofMillis(50));
            });
        }
        send(new DeleteNode(nodeId, "ws-1", "delete-" + nodeId, false, 300, 60, NOW));
        draining.await();
        send(new DeleteNode(nodeId, "ws-1", "delete-" + nodeId, true, 300, 60, NOW));

        awaitEvent(NodeDeleted.class);
        script.step(Step.DRAIN).forget();
    }

    @Test
    void aBurntMachineIdLeadsToAnother() {
        script.step(Step.CLONE).next((_, _) -> new StepResult.Finished(new Outcome.IdTaken(100, "foreign")));
        provision();

        awaitEvent(NodeProvisioningCompleted.class);
        assertThat(events())
                .filteredOn(NodeEvent.MachineAllocated.class::isInstance)
                .hasSize(2);
    }

    private void provision() {
        send(
                new ProvisionNode(
                        "ws-1",
                        nodeId,
                        "task-" + nodeId,
                        nodeId,
                        null,
                        MEDIUM,
                        List.of("us-west-2"),
                        Map.of(),
                        Map.of(),
                        List.of(),
                        600,
                        NOW),
                new Cause("user-1", "user", "admin", "ws-1", "req-" + nodeId, "10.1.1.1", null, "ProvisionNode", null));
    }

    private void updateRow(String change) {
        JdbcClient.create(application.getBean(javax.sql.DataSource.class))
                .sql("UPDATE " + ActivityRows.TABLE + " SET " + change + " WHERE task_instance LIKE ?")
                .param(nodeId + "/%")
                .update();
    }

    private static void send(Object command) {
        application.getBean(CommandGateway.class).sendAndWait(command);
    }

    private static void send(Object command, Cause cause) {
        send(GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }

    private void awaitEvent(Class<? extends NodeEvent> type) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(events()).hasAtLeastOneElementOfType(type));
    }

    private static void awaitNoActivity() {
        var jdbc = JdbcClient.create(application.getBean(javax.sql.DataSource.class));
        await().untilAsserted(() -> assertThat(jdbc.sql("SELECT count(*) FROM " + ActivityRows.TABLE)
                        .query(Integer.class)
                        .single())
                .isZero());
    }

    private NodeEvent last() {
        return events().getLast();
    }

    private List<NodeEvent> events() {
        return stream().stream().map(event -> (NodeEvent) event.getPayload()).toList();
    }

    private List<DomainEventMessage<?>> stream() {
        var events = new ArrayList<DomainEventMessage<?>>();
        application.getBean(EventStore.class).readEvents(nodeId, 0).forEachRemaining(events::add);
        return events;
    }
}
