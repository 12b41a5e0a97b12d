package io.nodeledger.base.eventstore;

import io.nodeledger.base.settings.DatabaseSettings;
import io.nodeledger.base.settings.UnpooledConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the database answers, asked on a connection of its own. The pools are not asked: one that is used up says nothing of
 * the database, and an instance that is busy would be taken for one that can't serve.
 */
public final class DatabaseHealth implements HealthIndicator, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);
    /** As long as probes wait. */
    private static final int PATIENCE_SECONDS = 2;

    /** PostgreSQL's {@code too_many_connections}: it answers, and those that are there go on. */
    private static final String NO_MORE_CONNECTIONS = "53300";

    private final UnpooledConnections connections;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable Connection kept;
    private boolean away;

    /** @param settings as they are now: a connection that breaks after a password was changed is made with the new one */
    DatabaseHealth(Supplier<DatabaseSettings> settings) {
        String patience = Integer.toString(PATIENCE_SECONDS);
        this.connections = new UnpooledConnections(
                settings, "nodeledger-health", Map.of("connectTimeout", patience, "socketTimeout", patience));
    }

    @Override
    public Health health() {
        try {
            if (!asking.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Health.down().build();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return Health.down(hurried).build();
        }
        try {
            return ask();
        } finally {
            asking.unlock();
        }
    }

    private Health ask() {
        try {
            answers();
            if (away) {
                away = false;
                LOG.info("The database answers again");
            }
            return Health.up().build();
        } catch (SQLException failure) {
            if (!away) {
                away = true;
                LOG.warn("The database does not answer, and no requests are taken", failure);
            }
            return Health.down(failure).build();
        }
    }

    /** A connection that is broken says nothing of the database; a new one does. */
    private void answers() throws SQLException {
        var known = kept;
        if (known != null) {
            if (known.isValid(PATIENCE_SECONDS)) {
                return;
            }
            kept = null;
            known.close();
        }
        try {
            kept = connections.open();
        } catch (SQLException refusal) {
            if (!NO_MORE_CONNECTIONS.equals(refusal.getSQLState())) {
                throw refusal;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        asking.lock();
        try {
            var known = kept;
            if (known != null) {
                kept = null;
                known.close();
            }
        } finally {
            asking.unlock();
        }
    }
}
