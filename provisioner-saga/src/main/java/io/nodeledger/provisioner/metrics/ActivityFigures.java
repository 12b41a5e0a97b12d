package io.nodeledger.provisioner.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Steps that are due, are being worked on, or wait for their time. */
final class ActivityFigures implements Figures {
    private static final String STEPS = """
            select count(*) filter (where not picked and execution_time <= :now),
                   count(*) filter (where picked),
                   count(*) filter (where not picked and execution_time > :now),
                   min(execution_time) filter (where not picked and execution_time <= :now)
              from provisioner.scheduled_tasks""";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MultiGauge steps;
    private volatile double late;

    ActivityFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.steps = MultiGauge.builder("nodeledger.activities")
                .description("Steps of operations that are due, running or waiting for their time")
                .register(meters);
        Gauge.builder("nodeledger.activities.late.seconds", this, figures -> figures.late)
                .description("For how long the step has been due that nobody has begun for the longest time")
                .register(meters);
    }

    private record Seen(
            long due, long running, long waiting, @Nullable OffsetDateTime oldest) {}

    @Override
    public void read() {
        var now = clock.instant();
        Seen seen = jdbc.sql(STEPS)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Seen(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getObject(4, OffsetDateTime.class)))
                .single();
        steps.register(
                List.of(row("due", seen.due()), row("running", seen.running()), row("waiting", seen.waiting())), true);
        var oldest = seen.oldest();
        late = oldest == null ? 0 : Age.seconds(oldest.toInstant(), now);
    }

    private static Row<?> row(String state, long count) {
        return Row.of(Tags.of("state", state), count);
    }
}
