package io.nodeledger.query.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Figures;
import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far read models are that are being rebuilt, and nothing of the others. */
final class RebuildFigures implements Figures {
    private final Generations generations;
    private final JdbcClient jdbc;
    private final MultiGauge progress;

    RebuildFigures(Generations generations, JdbcClient jdbc, MeterRegistry meters) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.progress = MultiGauge.builder("nodeledger.rebuild.progress")
                .description("How much of the log a rebuild has read: 0 to 1; absent without a rebuild")
                .register(meters);
    }

    @Override
    public void read() {
        var rows = new ArrayList<Row<?>>();
        for (Generation generation : generations.all()) {
            if (generation.state() == Generation.State.BUILDING) {
                rows.add(Row.of(Tags.of("read_model", generation.readModel()), share(generation)));
            }
        }
        progress.register(rows, true);
    }

    private double share(Generation generation) {
        long reached = generations.progress(generation.processorName()).stream()
                .mapToLong(TokenProgress::index)
                .min()
                .orElse(0);
        long head = jdbc.sql("SELECT coalesce(max(global_index), 0) FROM eventstore.domain_event")
                .query(Long.class)
                .single();
        return head == 0 ? 1 : Math.clamp((double) reached / head, 0, 1);
    }
}
