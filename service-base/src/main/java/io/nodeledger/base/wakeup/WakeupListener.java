package io.nodeledger.base.wakeup;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the wake-ups of the other instances, on a connection that it opens again whenever it breaks. After each
 * (re)connection everybody is woken once, because what was sent meanwhile is lost.
 */
final class WakeupListener implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeupListener.class);
    private static final int PROBE_EVERY_MILLIS = 10_000;

    private final WakeupConnections connections;
    private final String origin;
    private final Wakeups wakeups;
    private volatile @Nullable Connection connection;
    private volatile boolean stopped;

    WakeupListener(WakeupConnections connections, String origin, Wakeups wakeups) {
        this.connections = connections;
        this.origin = origin + "/";
        this.wakeups = wakeups;
    }

    void stop() {
        stopped = true;
        WakeupConnections.close(connection);
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                listen();
            } catch (SQLException e) {
                if (!stopped) {
                    LOG.warn("Lost the connection for wake-ups ({}); polling until it is back", e.getMessage());
                }
            } finally {
                WakeupConnections.close(connection);
            }
            try {
                connections.pauseBeforeReconnecting();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listen() throws SQLException {
        var open = connections.open();
        connection = open;
        try (var statement = open.createStatement()) {
            statement.execute("LISTEN " + WakeupConnections.CHANNEL);
        }
        wakeups.wakeAll();
        var postgres = open.unwrap(PGConnection.class);
        while (!stopped) {
            var heard = postgres.getNotifications(PROBE_EVERY_MILLIS);
            if (heard == null || heard.length == 0) {
                probe(open);
                continue;
            }
            for (var notification : heard) {
                var message = notification.getParameter();
                if (!message.startsWith(origin)) {
                    wakeups.wake(message.substring(message.indexOf('/') + 1));
                }
            }
        }
    }

    /** A connection that a firewall dropped silently shows itself only when it is used. */
    private static void probe(Connection open) throws SQLException {
        try (var statement = open.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
