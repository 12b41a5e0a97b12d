package io.nodeledger.base.wakeup;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.base.settings.UnpooledConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections for wake-ups, outside of the pool: one sends, one listens, both for as long as the service runs. */
final class WakeupConnections {

    /** All channels share one of PostgreSQL's; its payload names the sender and the channel. */
    static final String CHANNEL = "nodeledger_wakeups";

    private static final Logger LOG = LoggerFactory.getLogger(WakeupConnections.class);
    private static final long RECONNECT_MILLIS = 500;

    private final UnpooledConnections connections;

    /** @param settings as they are now */
    WakeupConnections(Supplier<DatabaseSettings> settings) {
        this.connections = new UnpooledConnections(settings, "nodeledger-wakeups", Map.of("tcpKeepAlive", "true"));
    }

    Connection open() throws SQLException {
        var connection = connections.open();
        try (var statement = connection.createStatement()) {
            // A hint need not survive a crash, so nobody waits for the disk.
            statement.execute("SET synchronous_commit = off");
        } catch (SQLException e) {
            close(connection);
            throw e;
        }
        return connection;
    }

    void pauseBeforeReconnecting() throws InterruptedException {
        Thread.sleep(RECONNECT_MILLIS);
    }

    /** Also ends a read that another thread is blocked in. */
    static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A connection for wake-ups did not close cleanly", e);
        }
    }
}
