package io.nodeledger.query.cost;

import io.nodeledger.query.cost.meter.CostReadModel;
import io.nodeledger.query.projection.StoredEvent;
import io.nodeledger.query.projection.TableWriter;
import io.nodeledger.testing.PostgresServer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables of costs, filled anew for every log. */
final class BillDatabase {
    private static final int GENERATION = 1;

    private final JdbcTemplate jdbc = migrated();
    private final CostQueries costs = new CostQueries(JdbcClient.create(jdbc));
    private final CostLines lines = new CostLines(costs, new IntervalQueries(JdbcClient.create(jdbc)));

    BillDatabase() {
        for (var table : CostReadModel.READ_MODEL.tableNames()) {
            jdbc.execute("CREATE TABLE query.%1$s_g1 (LIKE query.%1$s_template INCLUDING ALL)".formatted(table));
            jdbc.execute("CREATE VIEW query.%1$s AS SELECT * FROM query.%1$s_g1".formatted(table));
        }
    }

    CostQueries costs() {
        return costs;
    }

    CostLines lines() {
        return lines;
    }

    /** Reads a log in batches of random sizes. */
    void project(List<StoredEvent> log, Random random) {
        CostReadModel.READ_MODEL.tableNames().forEach(table -> jdbc.execute("TRUNCATE query.%s_g1".formatted(table)));
        var writer = new TableWriter(jdbc);
        int from = 0;
        while (from < log.size()) {
            int to = Math.min(log.size(), from + 1 + random.nextInt(20));
            CostReadModel.READ_MODEL.project(writer, GENERATION, log.subList(from, to));
            from = to;
        }
    }

    /**
     * What a workspace's nodes have cost that are billed no longer.
     *
     * @param rateMillis USD per hour times milliseconds, as text
     */
    record Settled(Instant firstReadyAt, String rateMillis) {}

    /** The same of the only workspace in the log; none when none of its nodes was ever ready. */
    Optional<Settled> settled() {
        return jdbc
                .query(
                        "SELECT first_ready_at, settled_rate_millis FROM query.metered_workspaces",
                        (row, _) -> new Settled(row.getTimestamp(1).toInstant(), row.getString(2)))
                .stream()
                .findFirst();
    }

    private static JdbcTemplate migrated() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("query")
                .defaultSchema("query")
                .locations("classpath:db/query")
                .load()
                .migrate();
        return new JdbcTemplate(
                new SingleConnectionDataSource(database.url(), database.user(), database.password(), true));
    }
}
