package io.nodeledger.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL in a folder of its own, gone with the JVM.
 *
 * <p>{@link #newDatabase()} is what most tests want: one server per test JVM, started at the first call, with
 * durability off because nothing in it outlives the test. A test about crashes starts its own {@link #durable()} one.
 */
public final class PostgresServer implements AutoCloseable {

    private static final String USER = "postgres";
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Path data;
    private final boolean durable;
    private final AtomicInteger databases = new AtomicInteger();
    private EmbeddedPostgres running;

    private PostgresServer(boolean durable) {
        this.durable = durable;
        try {
            this.data = Files.createTempDirectory("nodeledger-postgres-");
            this.running = start(0);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-postgres"));
    }

    /** A fresh, empty database on this test JVM's shared server. */
    public static TestDatabase newDatabase() {
        return Shared.SERVER.createDatabase();
    }

    /** This test JVM's shared server. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** A server of one's own that keeps what it has acknowledged: fsync and synchronous commit on. */
    public static PostgresServer durable() {
        return new PostgresServer(true);
    }

    /** A fresh, empty database on this server. */
    public TestDatabase createDatabase() {
        var name = "test_" + databases.incrementAndGet();
        try (var connection = running.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("Could not create database " + name, e);
        }
        return new TestDatabase(running.getJdbcUrl(USER, name), USER, USER);
    }

    /** Stops at once, as a crash of the server would, and starts again on the same port and data. */
    public synchronized void restartImmediately() {
        var port = running.getPort();
        try {
            stopImmediately();
            running = start(port);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not come back", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while PostgreSQL restarted", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            running.close();
            deleteData();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not stop", e);
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        var flag = durable ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setDataDirectory(data.resolve("data"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port == 0 ? freePort() : port)
                .setServerConfig("fsync", flag)
                .setServerConfig("synchronous_commit", flag)
                .setServerConfig("full_page_writes", flag)
                .setServerConfig("max_connections", "300")
                .start();
    }

    /**
     * Below the ports that systems give to outgoing connections: from among those, one could be taken by any client on this
     * machine before the server listens, or while it restarts.
     */
    private static int freePort() {
        return ThreadLocalRandom.current()
                .ints(FIRST_PORT, LAST_PORT + 1)
                .filter(PostgresServer::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (var _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** SIGQUIT to the postmaster is what {@code pg_ctl -m immediate} sends. */
    private void stopImmediately() throws IOException, InterruptedException {
        var pidFile = data.resolve("data").resolve("postmaster.pid");
        var pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        var postmaster = ProcessHandle.of(pid);
        if (postmaster.isPresent()) {
            postmaster.get().onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        running.close();
    }

    private void deleteData() throws IOException {
        if (!Files.exists(data)) {
            return;
        }
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static final class Shared {
        private static final PostgresServer SERVER = new PostgresServer(false);
    }
}
