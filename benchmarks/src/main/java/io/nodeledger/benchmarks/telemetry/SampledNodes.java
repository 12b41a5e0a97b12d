package io.nodeledger.benchmarks.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.benchmarks.node.NodeDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.postgresql.PGConnection;

/** Fills read model and telemetry as services that had run for a month would have. */
final class SampledNodes {
    static final String WORKSPACE = "ws-observed";
    static final int OF_WORKSPACE = 1_000;

    private static final int NODES = 10_000;
    private static final int SAMPLED_FOR_A_DAY = 200;
    private static final Duration MONTH = Duration.ofDays(30);

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
        averages("quarter", "15 minutes", NODES, MONTH);
        averages("hour", "1 hour", NODES, MONTH);
        averages("minute", "1 minute", SAMPLED_FOR_A_DAY, Duration.ofDays(1));
        series("sample");
        execute("""
                INSERT INTO provisioner.telemetry_sample
                SELECT 'node-' || lpad(n::text, 26, '0'), at, random(), random(), 1e6 * random(), 1e6 * random(), 0.2,
                       100, 50, 1000, 900
                FROM generate_series('%s'::timestamptz, '%s'::timestamptz, '15 seconds') at, generate_series(0, %d) n""".formatted(now.minus(Duration.ofDays(1)), now, SAMPLED_FOR_A_DAY - 1));
        for (String series : new String[] {"minute", "quarter", "hour"}) {
            execute(
                    "INSERT INTO provisioner.telemetry_folded VALUES ('%1$s', '%2$s') ON CONFLICT (series) DO UPDATE SET until = '%2$s'"
                            .formatted(series, floor(now, Duration.ofMinutes(1))));
        }
        execute("VACUUM (ANALYZE) provisioner.telemetry_hour");
        execute("VACUUM (ANALYZE) provisioner.telemetry_quarter");
        execute("VACUUM (ANALYZE) provisioner.telemetry_minute");
        execute("VACUUM (ANALYZE) provisioner.telemetry_sample");
        execute("RESET transaction_timeout");
    }

    /** Hours are written as the service does: those of all nodes one after the other, time by time. */
    private void averages(String series, String step, int nodes, Duration length) throws SQLException {
        series(series);
        execute("""
                INSERT INTO provisioner.telemetry_%s
                SELECT 'node-' || lpad(n::text, 26, '0'), at, 60, random(), 0.9, random(), 0.9, 60, 1e6 * random(),
                       1e6 * random(), 7, 0.2, 100, 50, 1000, 900
                FROM generate_series(date_bin('%s', '%s'::timestamptz, 'epoch'), '%s'::timestamptz, '%s') at,
                     generate_series(0, %d) n
                ORDER BY at, n""".formatted(series, step, now.minus(length), now, step, nodes - 1));
    }

    /** One partition that covers all; the service's own would be narrower. */
    private void series(String series) throws SQLException {
        execute("""
                DO $$
                DECLARE part regclass;
                BEGIN
                  FOR part IN SELECT inhrelid::regclass FROM pg_inherits
                              WHERE inhparent = 'provisioner.telemetry_%1$s'::regclass LOOP
                    EXECUTE 'DROP TABLE ' || part;
                  END LOOP;
                END $$""".formatted(series));
        execute("CREATE TABLE provisioner.telemetry_%1$s_20000101_00 PARTITION OF provisioner.telemetry_%1$s DEFAULT"
                .formatted(series));
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
