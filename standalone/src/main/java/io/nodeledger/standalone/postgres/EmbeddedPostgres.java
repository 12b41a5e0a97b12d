package io.nodeledger.standalone.postgres;

import io.nodeledger.standalone.instance.PrivateFile;
import io.nodeledger.standalone.instance.RememberedPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A PostgreSQL server on data of our own. What it has acknowledged it keeps: fsync and synchronous commit are on. It
 * listens on the loopback interface only and asks for passwords.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** The role that owns the database. */
    public static final String USER = "nodeledger";

    private static final String DATABASE = "nodeledger";
    private static final String SUPERUSER = "postgres";
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 20;

    private final PostgresPrograms programs;
    private final Path data;
    private final int port;
    private final String password;

    private EmbeddedPostgres(PostgresPrograms programs, Path data, int port, String password) {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.password = password;
    }

    /**
     * Starts the server, making its data first when there is none. An orphaned server on the same data is ended.
     *
     * @param home folder for data, port and output; the caller holds its lock
     * @param passwordFile where the password is kept, readable by its owner only
     */
    public static EmbeddedPostgres start(Path home, Path passwordFile) throws IOException, SQLException {
        Files.createDirectories(home);
        var programs = new PostgresPrograms(PostgresBinaries.unpacked(home), home.resolve("command.out"));
        Path data = home.resolve("data");
        Orphan.endOn(data);
        String password = password(passwordFile);
        boolean fresh = !Files.exists(data.resolve("PG_VERSION"));
        if (fresh) {
            ClusterMaker.make(programs, home, data, SUPERUSER, passwordFile);
        }
        int port = RememberedPort.in(home.resolve("port"));
        var server = new EmbeddedPostgres(programs, data, port, password);
        server.launch(home);
        try {
            server.createDatabase();
        } catch (SQLException | RuntimeException unusable) {
            server.close();
            throw unusable;
        }
        return server;
    }

    /** The database's JDBC address. */
    public String jdbcUrl() {
        return url(DATABASE);
    }

    /** The password of {@link #USER}. */
    public String password() {
        return password;
    }

    /** Stops as {@code pg_ctl -m fast} does: sessions end, a checkpoint is written. */
    @Override
    public void close() throws IOException {
        programs.run(STOP_SECONDS, "pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "stop");
    }

    private void launch(Path home) throws IOException {
        String options = "-p " + port
                + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=on"
                + " -c full_page_writes=on -c max_connections=120 -c shared_buffers=64MB -c timezone=UTC"
                + " -c log_min_messages=warning -c jit=off";
        programs.run(
                START_SECONDS,
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                home.resolve("postgres.log").toString(),
                "-t",
                Long.toString(START_SECONDS),
                "-o",
                options,
                "-w",
                "start");
    }

    private void createDatabase() throws SQLException {
        try (var connection = DriverManager.getConnection(url(SUPERUSER), SUPERUSER, password)) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + USER + "'")) {
                execute(connection, "CREATE ROLE " + USER + " LOGIN PASSWORD '" + password + "'");
                execute(connection, "GRANT pg_monitor, pg_signal_backend TO " + USER);
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
                execute(connection, "CREATE DATABASE " + DATABASE + " OWNER " + USER);
            }
        }
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static String password(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] random = new byte[24];
            new SecureRandom().nextBytes(random);
            PrivateFile.write(file, HexFormat.of().formatHex(random));
        }
        return Files.readString(file).strip();
    }
}
