package io.nodeledger.provisioner.activity;

import static org.awaitility.Awaitility.await;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeSpecs;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A running {@link ScriptedProvisioner} with a workspace that can afford every node. */
final class ScriptedInstance implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
    private static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private final ConfigurableApplicationContext application;
    private int nodes;

    ScriptedInstance(String... settings) {
        application = new SpringApplicationBuilder(ScriptedProvisioner.class)
                .web(WebApplicationType.NONE)
                .run(Stream.concat(Arrays.stream(PostgresServer.newDatabase().asArguments()), Arrays.stream(settings))
                        .toArray(String[]::new));
        send(new PutWorkspace("ws-1", WorkspacePlan.ENTERPRISE, "us-west-2", null, null, false, NOW));
        send(new GrantCredits("ws-1", new BigDecimal("100000"), null, NOW));
    }

    <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    ScriptedStep step(Step step) {
        return bean(ScriptedProvisioner.Script.class).step(step);
    }

    JdbcClient jdbc() {
        return JdbcClient.create(bean(DataSource.class));
    }

    /** Asks for a node of which nobody has heard before, and returns its id. */
    String provision() {
        String nodeId = "node-" + ++nodes;
        var cause =
                new Cause("user-1", "user", "admin", "ws-1", "req-" + nodeId, "10.1.1.1", null, "ProvisionNode", null);
        var command = new ProvisionNode(
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
                NOW);
        send(GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
        return nodeId;
    }

    void delete(String nodeId, boolean force) {
        send(new DeleteNode(nodeId, "ws-1", "delete-" + nodeId, force, 300, 60, NOW));
    }

    private void send(Object command) {
        bean(CommandGateway.class).sendAndWait(command);
    }

    List<? extends DomainEventMessage<?>> stream(String nodeId) {
        return bean(EventStore.class).readEvents(nodeId, 0).asStream().toList();
    }

    List<NodeEvent> events(String nodeId) {
        return stream(nodeId).stream()
                .map(event -> (NodeEvent) event.getPayload())
                .toList();
    }

    void awaitEvent(String nodeId, Class<? extends NodeEvent> type) {
        await().atMost(PATIENCE).until(() -> events(nodeId).stream().anyMatch(type::isInstance));
    }

    /** Waits until nothing is to be done for any node. */
    void awaitNoActivity() {
        await().until(() -> rows("scheduled_tasks") == 0);
    }

    /** Waits until a step of the node is between two looks. */
    void awaitActivity(String nodeId) {
        await().atMost(PATIENCE)
                .until(() -> jdbc().sql("select count(*) from provisioner.scheduled_tasks"
                                        + " where not picked and task_instance like ?")
                                .param(nodeId + "/%")
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    /** Changes the node's activity, as another instance might, or time, or an accident. */
    int updateRow(String nodeId, String change) {
        return jdbc().sql("update " + ActivityRows.TABLE + " set " + change + " where task_instance like ?")
                .param(nodeId + "/%")
                .update();
    }

    int rows(String table) {
        return jdbc().sql("select count(*) from provisioner." + table)
                .query(Integer.class)
                .single();
    }

    @Override
    public void close() {
        application.close();
    }
}
