package io.nodeledger.standalone.charging;

import static org.awaitility.Awaitility.await;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.SchemaMigration;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.provisioner.charging.ChargingSettings;
import io.nodeledger.provisioner.charging.DailyCharge;
import io.nodeledger.query.cost.meter.CostReadModel;
import io.nodeledger.query.projection.ProjectionConfiguration;
import io.nodeledger.query.projection.ProjectionRebuild;
import io.nodeledger.query.projection.ReadModel;
import io.nodeledger.testing.PostgresServer;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read side's cost tables, filled from a log as in the product, and a charging that reads them. */
final class ChargedLives implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Cause CAUSE = new Cause("a-test", "user", "admin", "ws-1", "req-1", null, null, "Test", null);
    private static final ChargingSettings SETTINGS = new ChargingSettings(
            Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(3), AfterGrace.KEEP, Duration.ofMinutes(5));

    private final ConfigurableApplicationContext application;
    private final List<ChargeWorkspace> charges = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final DailyCharge charging;
    private Instant now = Instant.EPOCH;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(ProjectionConfiguration.class)
    static class CostTables {
        @Bean
        static SchemaMigration provisionerSchema() {
            return SchemaMigration.of("provisioner", "classpath:db/provisioner");
        }

        @Bean
        ReadModel costReadModel() {
            return CostReadModel.READ_MODEL;
        }
    }

    ChargedLives() {
        application = new SpringApplicationBuilder(CostTables.class)
                .web(WebApplicationType.NONE)
                .properties("nodeledger.query.batch=7", "nodeledger.query.generation-check=200ms")
                .run(PostgresServer.newDatabase().asArguments());
        charging = DailyCharge.of(
                application.getBean(JdbcClient.class),
                application.getBean(Positions.class),
                PATIENCE,
                keeping(),
                SETTINGS,
                () -> now);
    }

    void record(List<NodeEvent> events) {
        var messages = new ArrayList<DomainEventMessage<?>>();
        for (NodeEvent event : events) {
            long sequence = sequences.merge(event.nodeId(), 0L, (last, _) -> last + 1);
            messages.add(new GenericDomainEventMessage<>("Node", event.nodeId(), sequence, event, CAUSE.asMetadata()));
        }
        new TransactionTemplate(application.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> application.getBean(EventStore.class).publish(messages));
    }

    /** What is charged when charging looks at a moment. */
    List<ChargeWorkspace> chargedAt(Instant moment) {
        charges.clear();
        now = moment;
        charging.look();
        return List.copyOf(charges);
    }

    /** Fills the cost tables anew, as the command {@code rebuild costs} does. */
    void rebuild() {
        var rebuild = application.getBean(ProjectionRebuild.class);
        int before = generation(rebuild);
        rebuild.start("costs");
        await().atMost(PATIENCE).until(() -> generation(rebuild) != before);
    }

    private static int generation(ProjectionRebuild rebuild) {
        return rebuild.status("costs").orElseThrow().generations().stream()
                .filter(each -> each.state().equals("active"))
                .findFirst()
                .orElseThrow()
                .generation();
    }

    private CommandGateway keeping() {
        return (CommandGateway) Proxy.newProxyInstance(
                CommandGateway.class.getClassLoader(), new Class<?>[] {CommandGateway.class}, (_, _, arguments) -> {
                    charges.add((ChargeWorkspace) ((CommandMessage<?>) arguments[0]).getPayload());
                    return null;
                });
    }

    @Override
    public void close() {
        application.close();
    }
}
