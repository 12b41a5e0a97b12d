package io.nodeledger.provisioner.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of an operation whose own machinery breaks. */
class HeldOperationsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private static ConfigurableApplicationContext application = new SpringApplicationBuilder(ScriptedProvisioner.class)
            .web(WebApplicationType.NONE)
            .run(PostgresServer.newDatabase().asArguments());
    private static int nodes;

    private final String nodeId = "node-" + ++nodes;
    private final ScriptedProvisioner.Script script = application.getBean(ScriptedProvisioner.Script.class);
    private final JdbcClient jdbc = JdbcClient.create(application.getBean(DataSource.class));

    @BeforeAll
    static void createWorkspace() {
        send(new PutWorkspace("ws-1", WorkspacePlan.ENTERPRISE, "us-west-2", null, null, false, NOW));
        send(new GrantCredits("ws-1", new BigDecimal("100000"), null, NOW));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON at all", "{}"})
    void anOperationWhoseSagaIsDamagedIsDrivenOnWithoutIt(String damage) throws InterruptedException {
        // given
        var cloning = new CountDownLatch(1);
        var damaged = new CountDownLatch(1);
        script.step(Step.CLONE).next((_, _) -> {
            cloning.countDown();
            damaged.await();
            return StepResult.done();
        });
        provision();
        cloning.await();

        // when
        int rows = jdbc.sql("update provisioner.saga_entry set serialized_saga = ?")
                .param(damage.getBytes(StandardCharsets.UTF_8))
                .update();
        assertThat(rows).isOne();
        damaged.countDown();

        // then
        awaitRunning();
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
        script.step(Step.CLONE).next((_, _) -> {
            cloning.countDown();
            damaged.await();
            return StepResult.done();
        });
        provision();
        cloning.await();
        jdbc.sql("update provisioner.saga_entry set serialized_saga = ?")
                .param("broken".getBytes(StandardCharsets.UTF_8))
                .update();

        // when
        String other = "node-" + ++nodes;
        send(provisioning(other));
        damaged.countDown();

        // then
        await().atMost(Duration.ofSeconds(20)).until(() -> isRunning(other));
        awaitRunning();
    }

    @Test
    void aStepWhoseOutcomeCannotBeRecordedIsShownAndTriedAgain() {
        // given
        script.step(Step.RESIZE).next((_, _) -> {
            assertThat(count("held_operation")).isZero();
            return StepResult.done("not to be stored: \0");
        });
        script.step(Step.RESIZE).next((_, _) -> {
            assertThat(count("held_operation")).isOne();
            return StepResult.done();
        });

        // when
        provision();

        // then
        awaitRunning();
        await().untilAsserted(() -> assertThat(count("held_operation")).isZero());
    }

    private void provision() {
        send(provisioning(nodeId));
    }

    private static ProvisionNode provisioning(String id) {
        return new ProvisionNode(
                "ws-1",
                id,
                "task-" + id,
                id,
                null,
                MEDIUM,
                List.of("us-west-2"),
                Map.of(),
                Map.of(),
                List.of(),
                600,
                NOW);
    }

    private static void send(Object command) {
        application.getBean(CommandGateway.class).sendAndWait(command);
    }

    private void awaitRunning() {
        await().atMost(Duration.ofSeconds(20)).until(() -> isRunning(nodeId));
    }

    private static boolean isRunning(String id) {
        return application
                .getBean(EventStore.class)
                .readEvents(id, 0)
                .asStream()
                .anyMatch(event -> event.getPayload() instanceof NodeProvisioningCompleted);
    }

    private int count(String table) {
        return jdbc.sql("select count(*) from provisioner." + table)
                .query(Integer.class)
                .single();
    }
}
