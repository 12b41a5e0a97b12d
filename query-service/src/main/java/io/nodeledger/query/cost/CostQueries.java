package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.query.cost.Period.Span;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what nodes cost. A node has its last point and the readings with which its last two months began, so most bills of now
 * look up one moment for each node, and none for those of a whole month; other moments, and what was known before something
 * changed, are two looks into one index for each node, however long and often it was billed.
 */
public final class CostQueries {
    private static final ReadingSql TO = new ReadingSql("to", "t");
    private static final ReadingSql FROM = new ReadingSql("from", "f");

    /** Every node that was billed in the span, with the difference of what its meter says at both ends. */
    private static final String BILLED = """
            (SELECT n.id, n.workspace_id, n.name, n.plan_id, n.region, n.hourly_rate, %s AS rate,
                    %s - coalesce(%s, 0) AS rate_millis,
                    %s - coalesce(%s, 0) AS running,
                    %s - coalesce(%s, 0) AS stopped
             FROM query.metered_nodes n
             LEFT JOIN LATERAL %s ON true
             LEFT JOIN LATERAL %s ON true
             WHERE n.first_ready_at < :toTime
               AND (n.settled_at IS NULL OR n.settled_at > :fromTime)
               AND %%s) b
            WHERE b.running + b.stopped > 0
            """.formatted(
                    TO.rate(),
                    TO.rateMillis(),
                    FROM.rateMillis(),
                    TO.running(),
                    FROM.running(),
                    TO.stopped(),
                    FROM.stopped(),
                    TO.lookUp(),
                    FROM.lookUp());

    private static final String OF_WORKSPACE = BILLED.formatted("n.workspace_id = :workspace");

    private static final String NODES = "SELECT b.* FROM " + OF_WORKSPACE + "ORDER BY b.id";

    /** The meters' differences alone, for comparisons. Nodes that were not billed in the span add nothing. */
    private static final String ACCRUED = """
            SELECT coalesce(sum(%s - coalesce(%s, 0)), 0)
            FROM query.metered_nodes n
            LEFT JOIN LATERAL %s ON true
            LEFT JOIN LATERAL %s ON true
            WHERE n.first_ready_at < :toTime
              AND (n.settled_at IS NULL OR n.settled_at > :fromTime)
              AND n.workspace_id = :workspace""".formatted(TO.rateMillis(), FROM.rateMillis(), TO.lookUp(), FROM.lookUp());

    private static final String NODE = """
            SELECT coalesce(sum(b.rate_millis), 0) AS rate_millis, coalesce(sum(b.running), 0) AS running,
                   coalesce(sum(b.stopped), 0) AS stopped
            FROM\s""" + BILLED.formatted("n.id = :node");

    private static final String GROUPS = """
            SELECT b.workspace_id, b.plan_id, b.region, count(*) AS nodes, sum(b.rate) AS rate,
                   sum(b.rate_millis) AS rate_millis, sum(b.running) AS running, sum(b.stopped) AS stopped
            FROM %s
            GROUP BY b.workspace_id, b.plan_id, b.region
            ORDER BY b.workspace_id, b.plan_id, b.region""".formatted(BILLED.formatted("true"));

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

    /** All of them together, in USD per hour times milliseconds. */
    BigDecimal rateMillis(String workspaceId, Span span, Instant known) {
        return statement(ACCRUED, span, known)
                .param("workspace", workspaceId)
                .query(BigDecimal.class)
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
