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
import io.nodeledger.testing.TestDatabase;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process died in the second attempt at a clone. Its leases last for longer than this test. */
class SoleInstanceTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final String NODE = "node-1";
    private static final PlanTerms SMALL = new PlanTerms(
            "plan-dedicated-2c4g",
            new BigDecimal("0.06"),
            new BigDecimal("0.00"),
            new NodeSpecs(2, 4, 50, "1Gbps", "x86_64"));

    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcClient sql = JdbcClient.create(database.dataSource());

    @BeforeEach
    void a_process_that_died() {
        try (var application = start()) {
            var script = application.getBean(ScriptedProvisioner.Script.class).step(Step.CLONE);
            script.next((_, _) -> StepResult.retry("The storage is locked."));
            script.next((_, _) -> StepResult.waiting("It is being cloned.", Duration.ofHours(1)));
            provision(application.getBean(CommandGateway.class));
            await().until(() -> script.calls() == 2);
        }
        sql.sql("UPDATE provisioner.scheduled_tasks SET picked = true, picked_by = 'dead',"
                        + " execution_time = now(), last_heartbeat = now() + interval '1 day'")
                .update();
        sql.sql("UPDATE provisioner.token_entry SET owner = 'dead', timestamp = '2999-01-01T00:00:00Z'")
                .update();
    }

    @Test
    void what_a_dead_process_was_working_on_goes_on() {
        try (var application = start("--nodeledger.sole-instance=true")) {
            var events = application.getBean(EventStore.class);

            await().until(() -> events.readEvents(NODE)
                    .asStream()
                    .map(DomainEventMessage::getPayload)
                    .anyMatch(NodeProvisioningCompleted.class::isInstance));
        }
    }

    @Test
    void a_row_that_is_given_back_keeps_all_that_it_knows() {
        var before = row();

        new ActivityRows(sql).releaseAll();

        assertThat(row())
                .containsEntry("picked", false)
                .containsEntry("picked_by", null)
                .extracting("task_data", "execution_time", "last_failure", "consecutive_failures")
                .containsExactly(
                        before.get("task_data"),
                        before.get("execution_time"),
                        before.get("last_failure"),
                        before.get("consecutive_failures"));
    }

    @Test
    void an_instance_among_others_leaves_their_steps_alone() {
        try (var _ = start()) {
            assertThat(row()).containsEntry("picked", true).containsEntry("picked_by", "dead");
        }
    }

    private Map<String, Object> row() {
        return sql.sql("SELECT * FROM provisioner.scheduled_tasks").query().singleRow();
    }

    private ConfigurableApplicationContext start(String... settings) {
        return new SpringApplicationBuilder(ScriptedProvisioner.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(Arrays.stream(database.asArguments()), Arrays.stream(settings))
                        .toArray(String[]::new));
    }

    private static void provision(CommandGateway commands) {
        commands.sendAndWait(new PutWorkspace("ws-1", WorkspacePlan.ENTERPRISE, "us-west-2", null, null, false, NOW));
        commands.sendAndWait(new GrantCredits("ws-1", new BigDecimal("1000"), null, NOW));
        commands.sendAndWait(new ProvisionNode(
                "ws-1",
                NODE,
                "task-1",
                "prod-1",
                null,
                SMALL,
                List.of("us-west-2"),
                Map.of(),
                Map.of(),
                List.of(),
                600,
                NOW));
    }
}
