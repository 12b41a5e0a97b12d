package io.nodeledger.query.attention;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What people have to look at, by kind, and for how long. */
public final class AttentionFigures implements Figures {
    private static final List<String> KINDS =
            List.of(AttentionQueries.GIVEN_UP, AttentionQueries.HELD, AttentionQueries.STUCK);

    private final AttentionQueries attention;
    private final InstantSource clock;
    private final MultiGauge counts;
    private final MultiGauge ages;

    public AttentionFigures(AttentionQueries attention, InstantSource clock, MeterRegistry meters) {
        this.attention = attention;
        this.clock = clock;
        this.counts = MultiGauge.builder("nodeledger.attention")
                .description("What needs people: nodes given up, operations held, transitions stuck")
                .register(meters);
        this.ages = MultiGauge.builder("nodeledger.attention.oldest.seconds")
                .description("For how long the oldest of them has needed people; 0 when there is none")
                .register(meters);
    }

    @Override
    public void read() {
        var found = attention.amounts();
        Instant now = clock.instant();
        var amounts = new ArrayList<Row<?>>();
        var since = new ArrayList<Row<?>>();
        for (String kind : KINDS) {
            Optional<AttentionQueries.Amount> some =
                    found.stream().filter(amount -> amount.kind().equals(kind)).findFirst();
            var labels = Tags.of("kind", kind);
            amounts.add(Row.of(labels, some.map(AttentionQueries.Amount::count).orElse(0L)));
            since.add(Row.of(
                    labels, some.map(amount -> Age.seconds(amount.since(), now)).orElse(0.0)));
        }
        counts.register(amounts, true);
        ages.register(since, true);
    }
}
