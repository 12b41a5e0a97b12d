package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.instance.RuntimeFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.postgresql.PGConnection;

/** Rows that one connection commits and another one reads when the database tells it of them. */
final class ToldRows implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Connection writer;
    private final Connection reader;

    ToldRows(RuntimeFile runtime) throws SQLException {
        writer = open(runtime);
        reader = open(runtime);
        execute(writer, "CREATE TABLE told_row (id integer PRIMARY KEY)");
        execute(reader, "LISTEN told_row");
    }

    /** Nanoseconds from the end of the commit to the row; none when the reader had it before the writer heard of the commit. */
    long writtenToRead(int id) throws SQLException {
        var read = CompletableFuture.supplyAsync(() -> read(id));
        writer.setAutoCommit(false);
        execute(writer, "INSERT INTO told_row VALUES (" + id + ")");
        execute(writer, "NOTIFY told_row");
        writer.commit();
        long written = System.nanoTime();
        writer.setAutoCommit(true);
        return Math.max(0, read.join() - written);
    }

    private long read(int id) {
        try (var row = reader.prepareStatement("SELECT id FROM told_row WHERE id = ?")) {
            var told = reader.unwrap(PGConnection.class).getNotifications(PATIENCE_MILLIS);
            row.setInt(1, id);
            try (var found = row.executeQuery()) {
                if (told.length == 0 || !found.next()) {
                    throw new IllegalStateException("The row " + id + " did not arrive");
                }
            }
            return System.nanoTime();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection open(RuntimeFile runtime) throws SQLException {
        return DriverManager.getConnection(runtime.jdbcUrl(), runtime.jdbcUser(), runtime.jdbcPassword());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        try (writer;
                reader) {
            execute(writer, "DROP TABLE told_row");
        }
    }
}
