package io.nodeledger.base.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nodeledger.base.bank.BankService;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.testing.PostgresServer;
import java.time.Instant;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class OperationMetersTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    private static BankService bank;

    @BeforeAll
    static void start() {
        bank = BankService.on(PostgresServer.newDatabase(), "--nodeledger.metrics.read-every=100ms");
    }

    @AfterAll
    static void stop() {
        bank.close();
    }

    @Test
    void anOperationIsCountedWhenItBeginsAndWhenItEnds() {
        double begun = begun("delete");

        append(new NodeDeletionStarted("node-1", "ws-1", "task-1", NodeStatus.RUNNING, false, 300, NOW, NOW));
        append(new NodeDeleted("node-1", "ws-1", "task-1", "web", NOW.plusSeconds(60)));

        assertThat(begun("delete")).isEqualTo(begun + 1);
        await().until(() -> ended("delete", "succeeded", "none") == 1);
    }

    @Test
    void whatFailedSaysWhyAndIsOfTheTypeThatItBeganAs() {
        append(new PowerOperationStarted(
                "node-2", "ws-1", "task-2", OperationType.REBOOT, NodeStatus.RUNNING, true, false, 300, NOW, NOW));
        append(new NodeNeedsAttention("node-2", "ws-1", "task-2", Step.BOOT, "UNEXPECTED_ERROR", "It broke.", NOW));

        await().until(() -> ended("reboot", "failed", "UNEXPECTED_ERROR") == 1);
    }

    @Test
    void whatIsRolledBackIsNotCounted() {
        double begun = begun("stop");
        var transaction = new TransactionTemplate(bank.bean(PlatformTransactionManager.class));

        transaction.executeWithoutResult(status -> {
            append(stop("node-3", "task-3"));
            status.setRollbackOnly();
        });
        assertThat(begun("stop")).isEqualTo(begun);

        transaction.executeWithoutResult(_ -> append(stop("node-4", "task-4")));
        assertThat(begun("stop")).isEqualTo(begun + 1);
    }

    @Test
    void figuresAreRead() {
        await().until(() -> bank.bean(MeterRegistry.class)
                        .get("nodeledger.figures.age.seconds")
                        .gauge()
                        .value()
                < 10);
    }

    private static NodeEvent stop(String node, String operation) {
        return new PowerOperationStarted(
                node, "ws-1", operation, OperationType.STOP, NodeStatus.RUNNING, true, false, 300, NOW, NOW);
    }

    private static void append(NodeEvent event) {
        bank.bean(EventStore.class).publish(new GenericEventMessage<>(event));
    }

    private static double begun(String type) {
        @Nullable
        Counter counter = bank.bean(MeterRegistry.class)
                .find("nodeledger.operations.begun")
                .tag("type", type)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static long ended(String type, String outcome, String code) {
        @Nullable
        Timer timer = bank.bean(MeterRegistry.class)
                .find("nodeledger.operations")
                .tags("type", type, "outcome", outcome, "code", code)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
