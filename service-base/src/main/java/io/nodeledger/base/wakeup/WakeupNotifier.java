package io.nodeledger.base.wakeup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends this JVM's wake-ups to the others: one connection of its own, all channels that gathered while the last
 * statement ran in one statement.
 *
 * <p>A {@code NOTIFY} inside the appending transaction would serialise all commits of the database behind one lock.
 */
final class WakeupNotifier implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeupNotifier.class);

    private final WakeupConnections connections;
    private final String origin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gathered = lock.newCondition();
    private final Set<String> pending = new LinkedHashSet<>();
    private @Nullable Connection connection;

    WakeupNotifier(WakeupConnections connections, String origin) {
        this.connections = connections;
        this.origin = origin;
    }

    void enqueue(String channel) {
        lock.lock();
        try {
            if (pending.add(channel)) {
                gathered.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                var channels = take();
                try {
                    send(channels);
                } catch (SQLException e) {
                    LOG.warn("Could not wake the other instances ({}); trying again", e.getMessage());
                    WakeupConnections.close(connection);
                    connection = null;
                    for (var channel : channels) {
                        enqueue(channel);
                    }
                    connections.pauseBeforeReconnecting();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            WakeupConnections.close(connection);
        }
    }

    private String[] take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pending.isEmpty()) {
                gathered.await();
            }
            var channels = pending.toArray(String[]::new);
            pending.clear();
            return channels;
        } finally {
            lock.unlock();
        }
    }

    private void send(String[] channels) throws SQLException {
        var open = connection;
        if (open == null) {
            open = connections.open();
            connection = open;
        }
        try (var statement = open.prepareStatement("SELECT pg_notify(?, ? || channel) FROM unnest(?) AS channel")) {
            statement.setString(1, WakeupConnections.CHANNEL);
            statement.setString(2, origin + "/");
            statement.setArray(3, open.createArrayOf("text", channels));
            statement.execute();
        }
    }
}
