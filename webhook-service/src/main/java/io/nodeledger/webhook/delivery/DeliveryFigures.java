package io.nodeledger.webhook.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Figures;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is due to be sent to webhooks that want it now, and how many webhooks are not well. */
final class DeliveryFigures implements Figures {
    /** Times are the database's, as where lines are made due. */
    private static final String DUE = """
            select count(*), coalesce(extract(epoch from now() - min(l.due_at)), 0)
              from webhook.endpoint e
              join webhook.line l on l.endpoint_id = e.id and l.period = e.period
             where e.enabled and (e.rests_until is null or e.rests_until <= now()) and l.due_at <= now()""";

    private static final String ENDPOINTS = """
            select count(*) filter (where enabled and failing_since is null),
                   count(*) filter (where enabled and failing_since is not null),
                   count(*) filter (where not enabled and disabled_reason is null),
                   count(*) filter (where not enabled and disabled_reason is not null)
              from webhook.endpoint""";

    private final JdbcClient jdbc;
    private final MultiGauge endpoints;
    private volatile Due due = new Due(0, 0);

    DeliveryFigures(JdbcClient jdbc, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.endpoints = MultiGauge.builder("nodeledger.webhooks.endpoints")
                .description(
                        "Webhooks, by state: well, failing, disabled by the platform, or switched off by their owners")
                .register(meters);
        Gauge.builder("nodeledger.webhooks.due", this, figures -> figures.due.lines())
                .description("Lines of deliveries of which the first is due")
                .register(meters);
        Gauge.builder("nodeledger.webhooks.due.seconds", this, figures -> figures.due.seconds())
                .description("For how long the oldest delivery has been due")
                .register(meters);
    }

    private record Due(long lines, double seconds) {}

    @Override
    public void read() {
        due = jdbc.sql(DUE)
                .query((row, _) -> new Due(row.getLong(1), row.getDouble(2)))
                .single();
        List<Row<?>> rows = jdbc.sql(ENDPOINTS)
                .query((row, _) -> List.<Row<?>>of(
                        state("well", row.getLong(1)),
                        state("failing", row.getLong(2)),
                        state("off", row.getLong(3)),
                        state("disabled", row.getLong(4))))
                .single();
        endpoints.register(rows, true);
    }

    private static Row<?> state(String word, long count) {
        return Row.of(Tags.of("state", word), count);
    }
}
