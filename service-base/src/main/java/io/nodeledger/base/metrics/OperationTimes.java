package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.operation.OperationType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts and times operations that have ended: {@code nodeledger.operations}, by type, outcome and code. When they began is
 * looked up in the log a moment later and for all of them at once, so that the commit that ends one does not wait for it.
 * {@code nodeledger.operations.ended} counts them without the code and from 0 on: of a series that begins with 3, Prometheus
 * sees no increase.
 */
final class OperationTimes implements Figures {
    private static final Logger LOG = LoggerFactory.getLogger(OperationTimes.class);
    private static final int ROOM = 10_000;
    private static final int BATCH = 1000;
    private static final Duration[] BOUNDS = {
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(2),
        Duration.ofMinutes(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(20),
        Duration.ofHours(1)
    };
    private static final String BEGINNINGS = """
            SELECT eventstore.operation_of(payload), payload_type, time_stamp,
                   convert_from(payload, 'UTF8')::jsonb ->> 'type'
            FROM eventstore.domain_event
            WHERE eventstore.operation_of(payload) = ANY (?) AND payload_type IN (
              'io.nodeledger.events.node.NodeEvent$NodeProvisioningStarted',
              'io.nodeledger.events.node.NodeEvent$NodeProvisioningRetried',
              'io.nodeledger.events.node.NodeEvent$NodeDeletionStarted',
              'io.nodeledger.events.node.PowerEvent$PowerOperationStarted',
              'io.nodeledger.events.node.UpdateEvent$NodeUpdateStarted')""";

    private final JdbcClient jdbc;
    private final MeterRegistry meters;
    private final BlockingQueue<Ended> waiting = new ArrayBlockingQueue<>(ROOM);
    private final List<Ended> inHand = new ArrayList<>();

    OperationTimes(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.meters = meters;
        for (OperationType type : OperationType.values()) {
            for (OperationEnd.Result result : OperationEnd.Result.values()) {
                var _ = counter(type, result);
            }
        }
    }

    /**
     * An operation that has ended.
     *
     * @param code why it did not succeed, {@code none} if it did
     */
    record Ended(OperationEnd end, String code, Instant at) {}

    /** As the log has it. */
    private record Begun(
            String operationId,
            String payloadType,
            String at,
            @Nullable String powerType) {
        OperationType type() {
            return switch (payloadType.substring(payloadType.indexOf('$') + 1)) {
                case "NodeDeletionStarted" -> OperationType.DELETE;
                case "PowerOperationStarted" -> OperationType.valueOf(String.valueOf(powerType));
                case "NodeUpdateStarted" -> OperationType.UPDATE;
                default -> OperationType.PROVISION;
            };
        }
    }

    void ended(Ended operation) {
        if (!waiting.offer(operation)) {
            LOG.warn("An operation that has ended is not counted: too many wait for a look at the database");
        }
    }

    @Override
    public synchronized void read() {
        while (!inHand.isEmpty() || waiting.drainTo(inHand, BATCH) > 0) {
            Map<String, Begun> begun = begun(inHand);
            var found = List.copyOf(inHand);
            inHand.clear();
            found.forEach(ended -> count(ended, begun));
        }
    }

    private Map<String, Begun> begun(List<Ended> operations) {
        String[] ids =
                operations.stream().map(ended -> ended.end().operationId()).toArray(String[]::new);
        return jdbc
                .sql(BEGINNINGS)
                .params(List.of((Object) ids))
                .query((row, _) -> new Begun(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
                .list()
                .stream()
                .collect(Collectors.toMap(Begun::operationId, one -> one, (first, _) -> first));
    }

    /** One that can't be counted keeps no others from it, and is not tried again. */
    private void count(Ended ended, Map<String, Begun> beginnings) {
        Begun begun = beginnings.get(ended.end().operationId());
        if (begun == null) {
            LOG.warn(
                    "Operation {} has ended and is not counted: the log lacks its beginning",
                    ended.end().operationId());
            return;
        }
        try {
            record(ended, begun.type(), Instant.parse(begun.at()));
        } catch (RuntimeException unreadable) {
            LOG.error(
                    "Operation {} has ended and is not counted: its beginning can't be read",
                    ended.end().operationId(),
                    unreadable);
        }
    }

    private void record(Ended ended, OperationType type, Instant begunAt) {
        Duration took = Duration.between(begunAt, ended.at());
        counter(type, ended.end().result()).increment();
        Timer.builder("nodeledger.operations")
                .description("Operations that have ended, by type, outcome and code, and how long they took")
                .tag("type", type.word())
                .tag("outcome", ended.end().result().word())
                .tag("code", ended.code())
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(took);
    }

    private Counter counter(OperationType type, OperationEnd.Result result) {
        return Counter.builder("nodeledger.operations.ended")
                .description("Operations that have ended, by type and outcome")
                .tag("type", type.word())
                .tag("outcome", result.word())
                .register(meters);
    }
}
