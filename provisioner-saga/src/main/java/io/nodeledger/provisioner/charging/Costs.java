package io.nodeledger.provisioner.charging;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What nodes cost, read from the tables of the cost fold ({@code query.metered_workspaces}, {@code query.metered_nodes},
 * {@code query.meter_points}) by one statement, which takes as long as the nodes take that were alive on the day or since.
 */
final class Costs {
    /** Of a dollar: far below what a node costs in a millisecond, and the same for whoever rounds it again. */
    private static final int DIGITS = 12;

    private static final String READING = """
            (select p.rate_millis + p.rate * (:%1$s - p.at) as rate_millis
               from query.meter_points p
              where p.node_id = n.id and p.at <= :%1$s
              order by p.at desc, p.position desc
              limit 1)""";

    /**
     * A line for each node that cost anything on the day, and others for what is not the day's. Nodes that were settled
     * before the day are in the workspace's sum alone. Those that were settled later are in it too, with what they cost until
     * then, which is taken off again.
     */
    private static final String DAY = """
            select null as node, w.settled_rate_millis as accrued, 0 as of_day
              from query.metered_workspaces w
             where w.workspace_id = :workspace
             union all
            select case when t.rate_millis > coalesce(f.rate_millis, 0) then n.id end,
                   sum(coalesce(t.rate_millis, 0) - n.settled_rate_millis),
                   sum(coalesce(t.rate_millis, 0) - coalesce(f.rate_millis, 0))
              from query.metered_nodes n
              left join lateral %s t on true
              left join lateral %s f on true
             where n.workspace_id = :workspace and n.first_ready_at is not null
               and (n.settled_at is null or n.settled_at > :sinceTime)
             group by 1
             order by 1""".formatted(READING.formatted("until"), READING.formatted("since"));

    private final JdbcClient jdbc;

    Costs(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What the workspace's nodes have cost by the end of a day in UTC, as it is known now. */
    DayCost of(String workspaceId, LocalDate day) {
        var total = new Object() {
            BigDecimal rateMillis = BigDecimal.ZERO;
        };
        Map<String, BigDecimal> ofNodes = new LinkedHashMap<>();
        jdbc.sql(DAY)
                .param("workspace", workspaceId)
                .param("since", start(day).toInstant().toEpochMilli())
                .param("until", start(day.plusDays(1)).toInstant().toEpochMilli())
                .param("sinceTime", start(day))
                .query(row -> {
                    total.rateMillis = total.rateMillis.add(row.getBigDecimal("accrued"));
                    if (row.getString("node") != null) {
                        ofNodes.put(row.getString("node"), usd(row.getBigDecimal("of_day")));
                    }
                });
        return new DayCost(usd(total.rateMillis), ofNodes);
    }

    private static BigDecimal usd(BigDecimal rateMillis) {
        BigDecimal usd = new MeterReading(rateMillis, 0, 0)
                .cost()
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return usd.scale() < 0 ? usd.setScale(0) : usd;
    }

    static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay().atOffset(ZoneOffset.UTC);
    }
}
