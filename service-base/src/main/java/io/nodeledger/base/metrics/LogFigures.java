package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.eventstore.Epoch;
import io.nodeledger.base.eventstore.SettledOrder;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much of the log is not settled: what leaves in order, which is Kafka, webhooks, streams and the audit, waits for a
 * transaction that may still add to it (source: rulings 6).
 */
final class LogFigures implements Figures {
    /** Older places were settled before this instance began to look. */
    private static final long LOOKED_BACK = 10_000;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private @Nullable SettledOrder order;
    private volatile Seen seen = new Seen(0, 0);

    LogFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        Gauge.builder("nodeledger.log.unsettled", this, figures -> figures.seen.events())
                .description("Places of the log that are not settled")
                .register(meters);
        Gauge.builder("nodeledger.log.unsettled.seconds", this, figures -> figures.seen.seconds())
                .description("How long the oldest event has waited for the log to be settled")
                .register(meters);
    }

    private record Seen(long events, double seconds) {}

    @Override
    public synchronized void read() {
        if (order == null) {
            order = new SettledOrder(jdbc, Math.max(0, LogHead.read(jdbc) - LOOKED_BACK));
        }
        long followed = order.advance();
        long head = LogHead.read(jdbc);
        long settled = Math.max(followed, Epoch.floorOf(head));
        long open = Math.max(0, head - settled);
        seen = new Seen(open, open == 0 ? 0 : waiting(settled));
    }

    private double waiting(long settled) {
        return jdbc.sql(
                        "SELECT time_stamp FROM eventstore.domain_event WHERE global_index > ? ORDER BY global_index LIMIT 1")
                .param(settled)
                .query(String.class)
                .optional()
                .map(since -> Age.seconds(Instant.parse(since), clock.instant()))
                .orElse(0.0);
    }
}
