package io.nodeledger.query.cost;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the times for which nodes were billed, between one point of a meter and the next. */
public final class IntervalQueries {
    private static final String INTERVALS = """
            SELECT node_id, metered, rate, at, until, event_id, closing_event_id
            FROM (SELECT node_id, metered, rate, at, event_id,
                         lead(at) OVER of_node AS until, lead(event_id) OVER of_node AS closing_event_id
                  FROM (SELECT DISTINCT ON (node_id, at) node_id, metered, rate, at, doc #>> '{point,event_id}' AS event_id
                        FROM query.meter_points
                        WHERE node_id = ANY (?) AND known_at <= ?
                        ORDER BY node_id, at DESC, position DESC) points
                  WINDOW of_node AS (PARTITION BY node_id ORDER BY at)) intervals
            WHERE metered <> 'off' AND at < ? AND (until IS NULL OR until > ?)
            ORDER BY node_id, at""";

    private final JdbcClient jdbc;

    public IntervalQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of the nodes that overlap a span, by node and in the order of time, as they were known at a moment. */
    List<MeteredInterval> of(Collection<String> nodeIds, Period.Span span, Instant known) {
        return jdbc.sql(INTERVALS)
                .param(nodeIds.toArray(String[]::new))
                .params(
                        known.toEpochMilli(),
                        span.to().toEpochMilli(),
                        span.from().toEpochMilli())
                .query((row, _) -> new MeteredInterval(
                        row.getString("node_id"),
                        row.getString("metered"),
                        row.getBigDecimal("rate"),
                        Instant.ofEpochMilli(row.getLong("at")),
                        end(row),
                        row.getString("event_id"),
                        row.getString("closing_event_id")))
                .list();
    }

    private static @Nullable Instant end(ResultSet row) throws SQLException {
        long until = row.getLong("until");
        return row.wasNull() ? null : Instant.ofEpochMilli(until);
    }
}
