package io.nodeledger.query.transition;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import io.nodeledger.events.transition.TransitionStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Transitions that have not ended, by status; those that wait for a window, for their first or for another, are scheduled. */
public final class OpenTransitionFigures implements Figures {
    private static final String OPEN = """
            SELECT status, count(*), min(created_at) FROM query.transitions
            WHERE status NOT IN ('completed', 'failed', 'cancelled') GROUP BY status""";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MultiGauge open;
    private volatile double oldest;

    public OpenTransitionFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.open = MultiGauge.builder("nodeledger.transitions.open")
                .description("Transitions that have not ended, by status")
                .register(meters);
        Gauge.builder("nodeledger.transitions.oldest.seconds", this, figures -> figures.oldest)
                .description(
                        "How long ago the oldest transition was asked for that has not ended; 0 when there is none")
                .register(meters);
    }

    private record Some(long count, Instant since) {}

    @Override
    public void read() {
        var found = new HashMap<String, Some>();
        jdbc.sql(OPEN).query(row -> {
            found.put(row.getString(1), new Some(row.getLong(2), Age.moment(row, 3)));
        });
        var rows = new ArrayList<Row<?>>();
        for (TransitionStatus status : TransitionStatus.values()) {
            if (!status.isEnd()) {
                Some some = found.get(status.word());
                rows.add(Row.of(Tags.of("status", status.word()), some == null ? 0 : some.count()));
            }
        }
        open.register(rows, true);
        Instant now = clock.instant();
        oldest = found.values().stream()
                .mapToDouble(some -> Age.seconds(some.since(), now))
                .max()
                .orElse(0);
    }
}
