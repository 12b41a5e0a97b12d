package io.nodeledger.provisioner.charging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.base.metrics.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workspaces that were not charged for a day that should be charged by now. It reads of every workspace, so seldom. */
final class ChargeFigures implements Figures {
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private static final String THERE = "select to_regclass('query.metered_workspaces') is not null";

    private static final String LATE = """
            select count(*), coalesce(max(:day - coalesce(c.charged_through, cast(w.first_ready_at at time zone 'UTC' as date) - 1)), 0)
              from query.metered_workspaces w
              left join provisioner.charged_workspace c using (workspace_id)
             where w.first_ready_at < :until and (c.charged_through is null or c.charged_through < :day)""";

    private final JdbcClient jdbc;
    private final Duration chargeAfter;
    private final InstantSource clock;
    private Instant next = Instant.MIN;
    private volatile Late late = new Late(0, 0);

    ChargeFigures(JdbcClient jdbc, Duration chargeAfter, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.chargeAfter = chargeAfter;
        this.clock = clock;
        Gauge.builder("nodeledger.charges.late", this, figures -> figures.late.workspaces())
                .description("Workspaces that a day is not charged to which is over")
                .register(meters);
        Gauge.builder("nodeledger.charges.late.days", this, figures -> figures.late.days())
                .description("Days that are over and not charged to a workspace, at most")
                .register(meters);
    }

    private record Late(long workspaces, long days) {}

    @Override
    public void read() {
        Instant now = clock.instant();
        if (now.isBefore(next) || !jdbc.sql(THERE).query(Boolean.class).single()) {
            return;
        }
        LocalDate day =
                LocalDate.ofInstant(now.minus(chargeAfter), ZoneOffset.UTC).minusDays(1);
        late = jdbc.sql(LATE)
                .param("day", day)
                .param("until", Costs.start(day.plusDays(1)))
                .query((row, _) -> new Late(row.getLong(1), row.getLong(2)))
                .single();
        next = now.plus(PAUSE);
    }
}
