package io.nodeledger.provisioner.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import io.nodeledger.events.transition.TransitionStage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Transitions that have not ended, by what they are at, and how long they have not got on. */
final class StageFigures implements Figures {
    private static final String STAGES =
            "select stage, count(*), min(progressed_at) from provisioner.running_transition group by stage";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MultiGauge running;
    private final MultiGauge idle;

    StageFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.running = MultiGauge.builder("nodeledger.transitions.running")
                .description("Transitions that have not ended, by stage")
                .register(meters);
        this.idle = MultiGauge.builder("nodeledger.transitions.idle.seconds")
                .description("For how long a transition has not got on, at most, by stage; 0 when there is none")
                .register(meters);
    }

    private record Stage(long count, Instant since) {}

    @Override
    public void read() {
        var found = new HashMap<String, Stage>();
        jdbc.sql(STAGES).query(row -> {
            found.put(row.getString(1), new Stage(row.getLong(2), Age.moment(row, 3)));
        });
        Instant now = clock.instant();
        var counts = new ArrayList<Row<?>>();
        var ages = new ArrayList<Row<?>>();
        for (TransitionStage stage : TransitionStage.values()) {
            Stage some = found.get(stage.name());
            var labels = Tags.of("stage", stage.word());
            counts.add(Row.of(labels, some == null ? 0 : some.count()));
            if (stage != TransitionStage.AWAIT_WINDOW) {
                ages.add(Row.of(labels, some == null ? 0 : Age.seconds(some.since(), now)));
            }
        }
        running.register(counts, true);
        idle.register(ages, true);
    }
}
