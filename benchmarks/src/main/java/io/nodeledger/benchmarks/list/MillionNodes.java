package io.nodeledger.benchmarks.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.nodeledger.benchmarks.node.NodeDocument;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.postgresql.PGConnection;

/** A million nodes as the projection would have written them, a tenth of them in one workspace. */
final class MillionNodes {
    static final int LARGE = 100_000;

    private static final int ALL = 1_000_000;
    private static final int OF_OTHERS = 1_000;
    private static final long SEED = 4242;
    private static final Instant FIRST = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(365);
    private static final double OLDEST = 0.05;
    private static final int BUFFER = 1 << 16;
    private static final List<String> NAMES =
            List.of("web", "api", "database", "cache", "worker", "queue", "batch", "search", "render", "proxy");

    private final Random random = new Random(SEED);
    private final String columns;
    private final String table;
    private final NodeDocument document = new NodeDocument();

    MillionNodes(String table) {
        this.table = table;
        this.columns = "id, workspace_id, name, status, plan_id, region, created_at, updated_at, doc";
    }

    /** Fills table and counters, the indexes last, and lets PostgreSQL look at what it has. */
    void load(Connection connection, String counters) throws SQLException, IOException {
        try (var statement = connection.createStatement()) {
            // The service's transactions are short; this connection is given back to it when all is loaded.
            statement.execute("SET transaction_timeout = 0");
            List<String> indexes = dropIndexes(connection);
            copy(connection.unwrap(PGConnection.class));
            statement.execute("SET maintenance_work_mem = '512MB'");
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute("INSERT INTO " + counters + " (workspace_id, status, plan_id, region, nodes)"
                    + " SELECT workspace_id, status, plan_id, region, count(*) FROM " + table + " GROUP BY 1, 2, 3, 4");
            statement.execute("VACUUM (ANALYZE) " + table);
            statement.execute("VACUUM (ANALYZE) " + counters);
            statement.execute("RESET transaction_timeout");
            statement.execute("RESET maintenance_work_mem");
        }
    }

    private List<String> dropIndexes(Connection connection) throws SQLException {
        var definitions = new ArrayList<String>();
        try (var query = connection.prepareStatement("SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
                        + " FROM pg_index WHERE indrelid = ?::regclass AND NOT indisprimary");
                var statement = connection.createStatement()) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    definitions.add(rows.getString(2));
                    statement.execute("DROP INDEX " + rows.getString(1));
                }
            }
        }
        return List.copyOf(definitions);
    }

    private void copy(PGConnection connection) throws SQLException, IOException {
        var copy = connection.getCopyAPI().copyIn("COPY " + table + " (" + columns + ") FROM STDIN");
        try {
            var rows = new StringBuilder();
            for (int number = 0; number < ALL; number++) {
                append(rows, number);
                if (rows.length() > BUFFER) {
                    byte[] bytes = rows.toString().getBytes(UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    rows.setLength(0);
                }
            }
            byte[] rest = rows.toString().getBytes(UTF_8);
            copy.writeToCopy(rest, 0, rest.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void append(StringBuilder rows, int number) {
        boolean large = number < LARGE;
        double age = random.nextDouble();
        String id = "node-" + Long.toString(Integer.toUnsignedLong(number * 0x9E3779B1), 36) + "-" + number;
        String workspace = large ? Listing.WORKSPACE : "ws-" + number / OF_OTHERS;
        String name = "%s-%06d".formatted(NAMES.get(number % NAMES.size()), large ? number : number % OF_OTHERS);
        String status = status(age);
        double plan = random.nextDouble();
        String planId =
                plan < 0.6 ? "plan-dedicated-4c8g" : plan < 0.999 ? "plan-dedicated-2c4g" : "plan-dedicated-8c16g";
        double place = random.nextDouble();
        String region = place < 0.6 ? "us-west-2" : place < 0.9995 ? "us-east-1" : "eu-west-1";
        Instant created = FIRST.plusMillis((long) (SPAN.toMillis() * age));
        Instant updated = created.plusMillis(random.nextLong(SPAN.toMillis()));
        for (Object column : List.of(id, workspace, name, status, planId, region, created, updated)) {
            rows.append(column).append('\t');
        }
        rows.append(document.of(id, workspace, name, status, planId, region, created, updated))
                .append('\n');
    }

    /** The oldest are stopped, so that whoever looks for stopped ones from the newest on has far to go. */
    private String status(double age) {
        if (age < OLDEST) {
            return "stopped";
        }
        double kind = random.nextDouble();
        return kind < 0.94 ? "running" : kind < 0.941 ? "error" : kind < 0.95 ? "deleting" : "deleted";
    }
}
