package io.nodeledger.resilience.crash;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The database as an instance reaches it until it crashes. Each connection is a physical one. */
public final class FragileDataSource implements DataSource {
    private final DataSource target;
    private final CrashSwitch crashes;

    public FragileDataSource(DataSource target, CrashSwitch crashes) {
        this.target = target;
        this.crashes = crashes;
    }

    @Override
    public Connection getConnection() throws SQLException {
        FragileConnection.requireAlive(crashes);
        return FragileConnection.around(target.getConnection(), crashes);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("It logs nothing");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return target.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return target.isWrapperFor(type);
    }
}
