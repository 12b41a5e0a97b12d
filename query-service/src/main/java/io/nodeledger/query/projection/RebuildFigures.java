package io.nodeledger.query.projection;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.metrics.Figures;
import io.nodeledger.base.metrics.LogHead;
import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far read models are that are being rebuilt, and nothing of the others. */
final class RebuildFigures implements Figures {
    private final Generations generations;
    private final Epochs epochs;
    private final JdbcClient jdbc;
    private final MultiGauge progress;

    RebuildFigures(Generations generations, Epochs epochs, JdbcClient jdbc, MeterRegistry meters) {
        this.generations = generations;
        this.epochs = epochs;
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
        long all = epochs.placesUntil(LogHead.read(jdbc));
        return all == 0 ? 1 : Math.clamp((double) epochs.placesUntil(reached) / all, 0, 1);
    }
}
