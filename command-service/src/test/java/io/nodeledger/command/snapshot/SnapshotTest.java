package io.nodeledger.command.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.aggregate.Aggregates;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.OutcomeRecorder;
import io.nodeledger.model.workspace.Workspace;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.Repository;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an aggregate decides does not depend on whether it was read from its events or from a snapshot. */
class SnapshotTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    /** The number of the event with which the workspace has its node. */
    private static final int NODE_ADMITTED = 2;

    private static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Aggregates({Workspace.class, Node.class})
    static class WriteModel {
        @Bean
        OutcomeRecorder outcomeRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
            return new OutcomeRecorder(nodes, workspaces);
        }
    }

    @Test
    void aWorkspaceAndANodeAreReadBackFromTheirSnapshots() {
        TestDatabase database = PostgresServer.newDatabase();
        try (var before = start(database)) {
            send(before, new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 2, false, NOW));
            send(before, new GrantCredits("ws-1", new BigDecimal("180"), null, NOW));
            send(before, provision("node-1", "prod-1"));
            send(before, outcome(Step.ALLOCATE, new Outcome.Allocated("pve1", 100, "local")));
            send(before, outcome(Step.CLONE, new Outcome.Delayed("The storage is locked.")));
            awaitSnapshots(before, 2);
            await().until(() -> {
                send(before, new GrantCredits("ws-1", BigDecimal.ONE, null, NOW));
                return hasSnapshotWithItsNode(before);
            });
        }
        try (var after = start(database)) {
            assertThat(send(after, provision("node-2", "prod-1")))
                    .isEqualTo(new ProvisionAnswer.Refused(new Refusal.NameTaken("prod-1")));
            assertThat(send(after, provision("node-2", "prod-2"))).isInstanceOf(ProvisionAnswer.Admitted.class);
            assertThat(send(after, provision("node-3", "prod-3")))
                    .isEqualTo(new ProvisionAnswer.Refused(new Refusal.NodeLimitExceeded(2, 2, "pro")));
            assertThat(send(after, new DeleteNode("node-1", "ws-1", "task-d", false, 300, 60, NOW)))
                    .isInstanceOf(DeletionAnswer.Deleting.class);
        }
    }

    private static void awaitSnapshots(ConfigurableApplicationContext application, int expected) {
        var jdbc = JdbcClient.create(application.getBean(DataSource.class));
        await().untilAsserted(() -> assertThat(
                        jdbc.sql("SELECT count(DISTINCT aggregate_identifier)" + " FROM eventstore.snapshot")
                                .query(Integer.class)
                                .single())
                .isEqualTo(expected));
    }

    /** One from before the node was admitted would say nothing of what a snapshot keeps of nodes. */
    private static boolean hasSnapshotWithItsNode(ConfigurableApplicationContext application) {
        return JdbcClient.create(application.getBean(DataSource.class))
                        .sql("SELECT count(*) FROM eventstore.snapshot"
                                + " WHERE aggregate_identifier = 'workspace:ws-1' AND sequence_number >= ?")
                        .param(NODE_ADMITTED)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static Object send(ConfigurableApplicationContext application, Object command) {
        return application.getBean(CommandGateway.class).sendAndWait(command);
    }

    private static RecordOutcome outcome(Step step, Outcome outcome) {
        return new RecordOutcome("node-1", "ws-1", "task-node-1", step, 0, 1, outcome, NOW, NOW);
    }

    private static ProvisionNode provision(String nodeId, String name) {
        return new ProvisionNode(
                "ws-1",
                nodeId,
                "task-" + nodeId,
                name,
                null,
                MEDIUM,
                List.of("us-west-2"),
                Map.of(),
                Map.of(),
                List.of(),
                600,
                NOW);
    }

    private static ConfigurableApplicationContext start(TestDatabase database) {
        var arguments = new ArrayList<>(Arrays.asList(database.asArguments()));
        arguments.add("--nodeledger.eventstore.snapshot-every=2");
        return new SpringApplicationBuilder(WriteModel.class)
                .web(WebApplicationType.NONE)
                .run(arguments.toArray(String[]::new));
    }
}
