package io.nodeledger.command.observed;

import io.nodeledger.command.lifecycle.Estimates;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.transition.TransitionDurations;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Estimates by how long 95 of 100 of the last operations of the kind took. A few say nothing yet, and one bad day must
 * not promise hours: what is usual counts then.
 */
public final class ObservedDurations extends BackgroundReading implements Estimates {
    private static final Logger log = LoggerFactory.getLogger(ObservedDurations.class);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final int ENOUGH = 5;
    private static final int LONGEST_OVER_USUAL = 4;
    private static final String EXISTS = "SELECT to_regclass('provisioner.operation_duration') IS NOT NULL";
    private static final String P95 = """
            SELECT type, percentile_disc(0.95) WITHIN GROUP (ORDER BY seconds)
            FROM provisioner.operation_duration GROUP BY type HAVING count(*) >= ?""";

    private final JdbcClient sql;
    private volatile Map<String, Double> observed = Map.of();

    public ObservedDurations(JdbcClient sql) {
        super("durations", EVERY);
        this.sql = sql;
    }

    @Override
    public long secondsOf(OperationType type) {
        long usual = usual(type).toSeconds();
        Double p95 = observed.get(type.name());
        return p95 == null ? usual : Math.clamp(Math.round(Math.ceil(p95)), 1, usual * LONGEST_OVER_USUAL);
    }

    @Override
    public TransitionDurations transitions() {
        return TransitionDurations.of(observed);
    }

    /** Reads the durations now. */
    @Override
    protected void refresh() {
        try {
            observed = sql.sql(EXISTS).query(Boolean.class).single() ? read() : Map.of();
        } catch (DataAccessException outOfReach) {
            log.warn("Durations can't be read, the last ones count", outOfReach);
        }
    }

    private Map<String, Double> read() {
        return sql
                .sql(P95)
                .param(ENOUGH)
                .query((row, _) -> Map.entry(row.getString(1), row.getDouble(2)))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Duration usual(OperationType type) {
        return switch (type) {
            case PROVISION -> Duration.ofMinutes(15);
            case DELETE, STOP, REBOOT -> Duration.ofMinutes(3);
            case START -> Duration.ofMinutes(2);
            case UPDATE -> Duration.ofSeconds(5);
        };
    }
}
