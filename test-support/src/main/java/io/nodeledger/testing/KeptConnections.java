package io.nodeledger.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A data source that uses connections again: each costs PostgreSQL a process, which a test of many small statements pays many
 * times. One that has been cut off meanwhile, by a crash of the server or a restore, is replaced without a word.
 */
final class KeptConnections extends PGSimpleDataSource {
    private static final int KEPT = 3;
    private static final int PATIENCE_SECONDS = 5;

    private final transient PGConnectionPoolDataSource server = new PGConnectionPoolDataSource();
    private final transient ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

    KeptConnections(TestDatabase database) {
        server.setUrl(database.url());
        server.setUser(database.user());
        server.setPassword(database.password());
    }

    @Override
    public Connection getConnection() throws SQLException {
        for (var kept = idle.poll(); kept != null; kept = idle.poll()) {
            try {
                var connection = kept.getConnection();
                if (connection.isValid(PATIENCE_SECONDS)) {
                    return connection;
                }
            } catch (SQLException _) {
                // It has been cut off, as one that is not valid.
            }
            kept.close();
        }
        var made = server.getPooledConnection();
        made.addConnectionEventListener(new Return());
        return made.getConnection();
    }

    private final class Return implements ConnectionEventListener {
        private boolean broken;

        @Override
        public void connectionClosed(ConnectionEvent event) {
            var pooled = (PooledConnection) event.getSource();
            if (!broken && idle.size() < KEPT) {
                idle.push(pooled);
            } else {
                close(pooled);
            }
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            broken = true;
        }

        private static void close(PooledConnection pooled) {
            try {
                pooled.close();
            } catch (SQLException _) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
