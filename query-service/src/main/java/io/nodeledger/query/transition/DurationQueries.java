package io.nodeledger.query.transition;

import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.query.observed.ObservedTables;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads how long 95 of 100 of the last parts of transitions took; a few say nothing yet. */
public final class DurationQueries {
    private static final String TABLE = "provisioner.operation_duration";
    private static final int ENOUGH = 5;

    private final JdbcClient jdbc;
    private final ObservedTables tables;

    public DurationQueries(JdbcClient jdbc, ObservedTables tables) {
        this.jdbc = jdbc;
        this.tables = tables;
    }

    TransitionDurations now() {
        if (!tables.has(TABLE)) {
            return TransitionDurations.USUAL;
        }
        Map<String, Double> observed =
                jdbc
                        .sql("""
                        SELECT type, percentile_disc(0.95) WITHIN GROUP (ORDER BY seconds)
                        FROM provisioner.operation_duration GROUP BY type HAVING count(*) >= ?""")
                        .param(ENOUGH)
                        .query((row, _) -> Map.entry(row.getString(1), row.getDouble(2)))
                        .list()
                        .stream()
                        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        return TransitionDurations.of(observed);
    }
}
