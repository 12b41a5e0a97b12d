package io.nodeledger.benchmarks.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.benchmarks.node.NodeDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.postgresql.PGConnection;

/** Fills read model and telemetry as services that had run for a month would have. */
final class SampledNodes {
    static final String WORKSPACE = "ws-observed";
    static final int OF_WORKSPACE = 1_000;

    private static final int NODES = 10_000;
    private static final int SAMPLED_FOR_A_DAY = 200;
    private static final Duration MONTH = Duration.ofDays(30);

    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd_HH");

    private final Connection connection;
    private final Instant now;

    SampledNodes(Connection connection, Instant now) {
        this.connection = connection;
        this.now = now;
    }

    /** Nodes of one workspace that run, and last samples that stay fresh. */
    void loadNodes(String table) throws SQLException, IOException {
        var document = new NodeDocument();
        var rows = new StringBuilder();
        Instant created = now.minus(MONTH);
        for (int number = 0; number < OF_WORKSPACE; number++) {
            String id = ListedMachines.nodeId(number);
            String name = "web-%04d".formatted(number);
            String doc =
                    document.of(id, WORKSPACE, name, "running", "plan-dedicated-4c8g", "us-west-2", created, created);
            rows.append(String.join(
                            "\t",
                            id,
                            WORKSPACE,
                            name,
                            "running",
                            "plan-dedicated-4c8g",
                            "us-west-2",
                            created.toString(),
                            created.toString(),
                            doc))
                    .append('\n');
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY " + table
                                + " (id, workspace_id, name, status, plan_id, region, created_at, updated_at, doc) FROM STDIN",
                        new ByteArrayInputStream(rows.toString().getBytes(UTF_8)));
        execute("""
                INSERT INTO provisioner.telemetry_latest
                SELECT 'node-' || lpad(n::text, 26, '0'), now() + interval '1 hour', 4, 0.452, 5500000000, 8589934592,
                       true, 1900000, 1100000, now() + interval '1 hour', 24800000000, 107374182400, 150, 75, 1250, 890
                FROM generate_series(0, 9999) n
                ON CONFLICT (node_id) DO UPDATE SET sampled_at = excluded.sampled_at, detailed_at = excluded.detailed_at""");
    }

    /** A month of quarters and hours of all, and of a few nodes a day of minutes and samples. */
    void loadHistory() throws SQLException {
        execute("SET transaction_timeout = 0");
        execute("SET maintenance_work_mem = '512MB'");
        averages("quarter", "15 minutes", Duration.ofDays(7), NODES, MONTH);
        averages("hour", "1 hour", Duration.ofDays(28), NODES, MONTH);
        averages("minute", "1 minute", Duration.ofDays(1), SAMPLED_FOR_A_DAY, DAY);
        partitions("sample", Duration.ofHours(1), DAY, """
                INSERT INTO %%s
                SELECT 'node-' || lpad(n::text, 26, '0'), at, random(), random(), 1e6 * random(), 1e6 * random(), 0.2,
                       100, 50, 1000, 900
                FROM generate_series('%%s'::timestamptz, '%%s', '15 seconds') at, generate_series(0, %d) n
                ORDER BY at, n""".formatted(SAMPLED_FOR_A_DAY - 1));
        for (String series : new String[] {"minute", "quarter", "hour"}) {
            execute(
                    "INSERT INTO provisioner.telemetry_folded VALUES ('%1$s', '%2$s') ON CONFLICT (series) DO UPDATE SET until = '%2$s'"
                            .formatted(series, floor(now, Duration.ofMinutes(1))));
        }
        execute("RESET maintenance_work_mem");
        execute("RESET transaction_timeout");
    }

    /** Written as the service does: those of all nodes one after the other, time by time. */
    private void averages(String series, String step, Duration partition, int nodes, Duration length)
            throws SQLException {
        partitions(series, partition, length, """
                INSERT INTO %%s
                SELECT 'node-' || lpad(n::text, 26, '0'), at, 60, random(), 0.9, random(), 0.9, 60, 1e6 * random(),
                       1e6 * random(), 7, 0.2, 100, 50, 1000, 900
                FROM generate_series(date_bin('%1$s', '%%s'::timestamptz, 'epoch'), '%%s', '%1$s') at,
                     generate_series(0, %2$d) n
                ORDER BY at, n""".formatted(step, nodes - 1));
    }

    /**
     * Partitions as wide as the service's own, filled before they have indexes.
     *
     * @param insert takes a table and the first and last moment of its rows
     */
    private void partitions(String series, Duration width, Duration length, String insert) throws SQLException {
        String parent = "provisioner.telemetry_" + series;
        execute("""
                DO $$
                DECLARE part regclass;
                BEGIN
                  FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = '%s'::regclass LOOP
                    EXECUTE 'DROP TABLE ' || part;
                  END LOOP;
                END $$""".formatted(parent));
        Instant begin = now.minus(length);
        for (Instant from = floor(begin, width); from.isBefore(now); from = from.plus(width)) {
            Instant until = from.plus(width);
            String part = parent + "_" + SUFFIX.format(from.atOffset(ZoneOffset.UTC));
            execute("CREATE UNLOGGED TABLE %s (LIKE %s INCLUDING DEFAULTS)".formatted(part, parent));
            execute(insert.formatted(
                    part, from.isBefore(begin) ? begin : from, (until.isAfter(now) ? now : until).minusMillis(1)));
            execute("ALTER TABLE %s ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
                    .formatted(parent, part, from, until));
            execute("VACUUM (ANALYZE) " + part);
        }
    }

    private static Instant floor(Instant moment, Duration width) {
        return Instant.ofEpochSecond(moment.getEpochSecond() / width.toSeconds() * width.toSeconds());
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
