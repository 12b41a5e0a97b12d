package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteTransitionNode;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.activity.NodeStreams;
import io.nodeledger.provisioner.activity.Restores;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The deletions that a transition begins. */
class RemoveNodesTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");
    private static final PlanTerms TERMS =
            new PlanTerms("plan", new BigDecimal("0.12"), BigDecimal.ZERO, new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private final List<String> deleted = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @Test
    void oneThatBeganBeforeARestoreDeletesNothingUntilThatIsAcknowledged() throws InterruptedException {
        // given
        var database = ProvisionerSchema.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("eventstore")
                .defaultSchema("eventstore")
                .locations("classpath:db/eventstore")
                .load()
                .migrate();
        var jdbc = JdbcClient.create(database.keptConnections());
        jdbc.sql("INSERT INTO eventstore.domain_event (aggregate_identifier, sequence_number, event_identifier,"
                        + " time_stamp, payload_type, payload, meta_data)"
                        + " VALUES ('trans-1', 0, 'evt-1', '2026-01-01T10:00:00Z', 'begun', '{}', '{}')")
                .update();
        int epoch = jdbc.sql("SELECT eventstore.open_epoch('restored')")
                .query(Integer.class)
                .single();
        RemoveNodes removal = removal(jdbc);

        // when
        removal.round(ofOneNode(), new Turns());

        // then
        assertThat(deleted).isEmpty();
        assertThat(asked).singleElement().asString().contains("epoch " + epoch);

        // when
        jdbc.sql("SELECT eventstore.acknowledge_epoch(?)")
                .param(epoch)
                .query(Long.class)
                .single();
        removal.round(ofOneNode(), new Turns());

        // then
        assertThat(deleted).containsExactly("node-1");
    }

    private RemoveNodes removal(JdbcClient jdbc) {
        var events = EmbeddedEventStore.builder()
                .storageEngine(new InMemoryEventStorageEngine())
                .build();
        events.publish(new GenericDomainEventMessage<>(
                "Node",
                "node-1",
                0,
                new NodeProvisioningStarted(
                        "node-1",
                        "ws-1",
                        "task-1",
                        "prod-1",
                        "us-west-2",
                        "proxmox",
                        TERMS,
                        Map.of(),
                        List.of(),
                        BigDecimal.ZERO,
                        START,
                        START)));
        var bus = SimpleCommandBus.builder().build();
        bus.subscribe(DeleteTransitionNode.class.getName(), command -> {
            deleted.add(((DeleteTransitionNode) command.getPayload()).nodeId());
            return new DeletionAnswer.Deleting("task-2", true, 1);
        });
        var commands = new PlatformCommands(
                DefaultCommandGateway.builder().commandBus(bus).build(), new TransitionStreams(events));
        return new RemoveNodes(
                commands, new LiveNodes(jdbc, new NodeStreams(events)), new Restores(jdbc), Duration.ofMinutes(5));
    }

    private static TransitionRecord ofOneNode() {
        return TransitionFold.after(
                null,
                new SharedTransitionScheduled(
                        "trans-1",
                        "ws-1",
                        "ws-1",
                        MigrationStrategy.ROLLING,
                        null,
                        false,
                        List.of("node-1"),
                        600,
                        600,
                        TransitionDurations.USUAL,
                        START));
    }

    /** A turn that nobody takes away. */
    private final class Turns implements Turn {
        @Override
        public Instant now() {
            return START;
        }

        @Override
        public String begunUnit() {
            return "";
        }

        @Override
        public void begin(String unit) {}

        @Override
        public void waitsFor(String reason) {}

        @Override
        public void askPeople(String reason) {
            asked.add(reason);
        }

        @Override
        public void progress(long number) {}

        @Override
        public void record(TransitionOutcome outcome) {}

        @Override
        public void assertLease() {}
    }
}
