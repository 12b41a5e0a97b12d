package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.query.cost.Period.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what nodes cost: two looks into an index for each node that was billed, however long and often it was. */
public final class CostQueries {
    /** A meter's reading at a moment, by what was known at another one. */
    private static final String READING = """
            (SELECT p.rate,
                    p.rate_millis + p.rate * (:%1$s - p.at) AS rate_millis,
                    p.running_millis + CASE p.metered WHEN 'running' THEN :%1$s - p.at ELSE 0 END AS running,
                    p.stopped_millis + CASE p.metered WHEN 'stopped' THEN :%1$s - p.at ELSE 0 END AS stopped
             FROM query.meter_points p
             WHERE p.node_id = n.id AND p.at <= :%1$s AND p.known_at <= :known
             ORDER BY p.at DESC, p.position DESC
             LIMIT 1)""";

    private static final String BILLED = """
            FROM query.metered_nodes n
            CROSS JOIN LATERAL %s t
            LEFT JOIN LATERAL %s f ON true
            WHERE n.first_ready_at < :toTime
              AND (n.settled_at IS NULL OR n.settled_at > :fromTime)
              AND t.running + t.stopped > coalesce(f.running + f.stopped, 0)
            """.formatted(READING.formatted("to"), READING.formatted("from"));

    private static final String NODES = """
            SELECT n.id, n.name, n.plan_id, n.region, n.hourly_rate, t.rate,
                   t.rate_millis - coalesce(f.rate_millis, 0) AS rate_millis,
                   t.running - coalesce(f.running, 0) AS running,
                   t.stopped - coalesce(f.stopped, 0) AS stopped
            %s AND n.workspace_id = :workspace
            ORDER BY n.id""".formatted(BILLED);

    private static final String SUM = """
            SELECT coalesce(sum(t.rate_millis - coalesce(f.rate_millis, 0)), 0) AS rate_millis,
                   coalesce(sum(t.running - coalesce(f.running, 0)), 0) AS running,
                   coalesce(sum(t.stopped - coalesce(f.stopped, 0)), 0) AS stopped
            %s""".formatted(BILLED);

    private static final String TOTAL = SUM + "AND n.workspace_id = :workspace";

    private static final String NODE = SUM + "AND n.id = :node";

    private static final String GROUPS = """
            SELECT n.workspace_id, n.plan_id, n.region, count(*) AS nodes, sum(t.rate) AS rate,
                   sum(t.rate_millis - coalesce(f.rate_millis, 0)) AS rate_millis,
                   sum(t.running - coalesce(f.running, 0)) AS running,
                   sum(t.stopped - coalesce(f.stopped, 0)) AS stopped
            %s GROUP BY n.workspace_id, n.plan_id, n.region
            ORDER BY n.workspace_id, n.plan_id, n.region""".formatted(BILLED);

    private final JdbcClient jdbc;

    public CostQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Every node of a workspace that was billed in the span, also those that are gone, by id.
     *
     * @param known what happened later is not known yet
     */
    List<NodeCost> nodes(String workspaceId, Span span, Instant known) {
        return statement(NODES, span, known)
                .param("workspace", workspaceId)
                .query((row, _) -> new NodeCost(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("plan_id"),
                        row.getString("region"),
                        row.getBigDecimal("hourly_rate"),
                        reading(row),
                        row.getBigDecimal("rate")))
                .list();
    }

    /** All of them together. */
    MeterReading total(String workspaceId, Span span, Instant known) {
        return statement(TOTAL, span, known)
                .param("workspace", workspaceId)
                .query((row, _) -> reading(row))
                .single();
    }

    /** What one node was billed for in the month of a moment, until then and by what was known then. */
    public MeterReading ofMonth(String nodeId, Instant now) {
        return statement(NODE, Period.CURRENT_MONTH.span(now), now)
                .param("node", nodeId)
                .query((row, _) -> reading(row))
                .single();
    }

    /** All nodes of the platform, by workspace, plan and region. */
    List<GroupCost> groups(Span span, Instant known) {
        return statement(GROUPS, span, known)
                .query((row, _) -> new GroupCost(
                        row.getString("workspace_id"),
                        row.getString("plan_id"),
                        row.getString("region"),
                        row.getInt("nodes"),
                        reading(row),
                        row.getBigDecimal("rate")))
                .list();
    }

    private JdbcClient.StatementSpec statement(String sql, Span span, Instant known) {
        return jdbc.sql(sql)
                .param("from", span.from().toEpochMilli())
                .param("fromTime", time(span.from()))
                .param("to", span.to().toEpochMilli())
                .param("toTime", time(span.to()))
                .param("known", known.toEpochMilli());
    }

    private static MeterReading reading(ResultSet row) throws SQLException {
        return new MeterReading(row.getBigDecimal("rate_millis"), row.getLong("running"), row.getLong("stopped"));
    }

    private static OffsetDateTime time(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
