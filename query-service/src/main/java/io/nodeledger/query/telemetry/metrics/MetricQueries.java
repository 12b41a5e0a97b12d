package io.nodeledger.query.telemetry.metrics;

import io.nodeledger.query.observed.ObservedTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what a node did: of the coarsest series that will do as far as that has been folded, of the finer ones what came
 * after, so that an answer reaches up to now.
 */
public final class MetricQueries {
    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public MetricQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    /** The steps of a period in which there were samples, in their order. */
    List<MetricStep> of(String nodeId, Period period, Instant now) {
        if (!tables.has("provisioner.telemetry_folded")) {
            return List.of();
        }
        Map<Resolution, Instant> folded = folded();
        Instant begin = period.from(now);
        var parts = new ArrayList<String>();
        var parameters = new ArrayList<Object>(List.of(period.step().toSeconds(), utc(begin)));
        Instant from = begin;
        for (Resolution resolution : period.coarsest().andFiner()) {
            Instant until = resolution == Resolution.SAMPLE ? now.plusSeconds(1) : folded.get(resolution);
            if (until != null && until.isAfter(from)) {
                parts.add("(" + resolution.select() + ")");
                parameters.addAll(List.of(nodeId, utc(from), utc(until)));
                from = until;
            }
        }
        return jdbc.sql(stepped(String.join(" UNION ALL ", parts)))
                .params(parameters)
                .query(MetricQueries::step)
                .list();
    }

    /** Steps of a period out of rows of any width. */
    private static String stepped(String parts) {
        return """
            SELECT at, samples, cpu, cpu_peak, memory, memory_peak, rated, network_in, network_out, storage
            FROM (SELECT date_bin(? * interval '1 second', at, ?) AS at, sum(samples) AS samples,
                         sum(cpu * samples) / sum(samples) AS cpu, max(cpu_peak) AS cpu_peak,
                         sum(memory * samples) / sum(samples) AS memory, max(memory_peak) AS memory_peak,
                         sum(rated) AS rated, sum(network_in * rated) / nullif(sum(rated), 0) AS network_in,
                         sum(network_out * rated) / nullif(sum(rated), 0) AS network_out,
                         sum(storage * detailed) / nullif(sum(detailed) FILTER (WHERE storage IS NOT NULL), 0) AS storage
                  FROM (%s) parts GROUP BY 1) steps
            ORDER BY at""".formatted(parts);
    }

    private Map<Resolution, Instant> folded() {
        var folded = new EnumMap<Resolution, Instant>(Resolution.class);
        jdbc.sql("SELECT series, until FROM provisioner.telemetry_folded").query(row -> {
            for (var resolution : Resolution.values()) {
                if (resolution.word().equals(row.getString("series"))) {
                    folded.put(
                            resolution,
                            row.getObject("until", OffsetDateTime.class).toInstant());
                }
            }
        });
        return folded;
    }

    private static MetricStep step(ResultSet row, int number) throws SQLException {
        return new MetricStep(
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("samples"),
                row.getDouble("cpu"),
                row.getDouble("cpu_peak"),
                row.getDouble("memory"),
                row.getDouble("memory_peak"),
                row.getLong("rated"),
                decimal(row, "network_in"),
                decimal(row, "network_out"),
                decimal(row, "storage"));
    }

    private static @Nullable Double decimal(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? null : value;
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
