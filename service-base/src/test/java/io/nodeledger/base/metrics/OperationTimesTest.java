package io.nodeledger.base.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.base.metrics.OperationTimes.Ended;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.testing.PostgresServer;
import java.time.Instant;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;

class OperationTimesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void everyTypeAndOutcomeIsCountedFromZeroOn() {
        try (var bank = BankService.on(PostgresServer.newDatabase())) {
            var _ = new OperationTimes(bank.sql(), meters);

            assertThat(meters.find("nodeledger.operations.ended").counters())
                    .hasSize(OperationType.values().length * OperationEnd.Result.values().length)
                    .allMatch(counter -> counter.count() == 0);
        }
    }

    @Test
    void oneThatCannotBeReadKeepsNoOthersFromBeingCountedOnce() {
        try (var bank = BankService.on(PostgresServer.newDatabase())) {
            var times = new OperationTimes(bank.sql(), meters);
            begin(bank, "node-1", "task-unreadable");
            begin(bank, "node-2", "task-good");
            bank.sql().sql("""
                            UPDATE eventstore.domain_event SET payload = convert_to(
                              jsonb_set(convert_from(payload, 'UTF8')::jsonb, '{type}', '"DANCE"')::text, 'UTF8')
                            WHERE eventstore.operation_of(payload) = 'task-unreadable'""").update();

            times.ended(succeeded("task-unreadable"));
            times.ended(succeeded("task-good"));
            times.read();
            times.read();

            assertThat(ended("stop", "succeeded").count()).isEqualTo(1);
            assertThat(meters.get("nodeledger.operations").timer().count()).isEqualTo(1);
        }
    }

    private static void begin(BankService bank, String node, String operation) {
        bank.bean(EventStore.class)
                .publish(new GenericEventMessage<>(new PowerOperationStarted(
                        node, "ws-1", operation, OperationType.STOP, NodeStatus.RUNNING, true, false, 300, NOW, NOW)));
    }

    private static Ended succeeded(String operation) {
        return new Ended(
                new OperationEnd(operation, OperationEnd.Result.SUCCEEDED),
                "none",
                Instant.now().plusSeconds(60));
    }

    private Counter ended(String type, String outcome) {
        return meters.get("nodeledger.operations.ended")
                .tags("type", type, "outcome", outcome)
                .counter();
    }
}
