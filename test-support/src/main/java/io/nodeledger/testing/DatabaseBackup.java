package io.nodeledger.testing;

import java.sql.SQLException;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** A database as it was at one moment, beside the database itself. */
public final class DatabaseBackup {
    private final PGSimpleDataSource server = new PGSimpleDataSource();
    private final String database;
    private final String copy;

    private DatabaseBackup(TestDatabase database) {
        server.setUrl(database.url());
        server.setUser(database.user());
        server.setPassword(database.password());
        this.database = server.getDatabaseName();
        this.copy = this.database + "_backup";
        server.setDatabaseName("postgres");
    }

    /** Takes one. Whoever is connected meanwhile is cut off, as when the server is restarted. */
    public static DatabaseBackup of(TestDatabase database) {
        var backup = new DatabaseBackup(database);
        backup.run(List.of(
                "DROP DATABASE IF EXISTS " + backup.copy,
                "ALTER DATABASE " + backup.database + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + backup.database + "'",
                "CREATE DATABASE " + backup.copy + " TEMPLATE " + backup.database,
                "ALTER DATABASE " + backup.database + " ALLOW_CONNECTIONS true"));
        return backup;
    }

    /** Puts it in the place of what the database is now. */
    public void restore() {
        run(List.of(
                "DROP DATABASE " + database + " WITH (FORCE)", "CREATE DATABASE " + database + " TEMPLATE " + copy));
    }

    private void run(List<String> statements) {
        try (var connection = server.getConnection();
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failed) {
            throw new IllegalStateException("The database " + database + " can't be backed up or restored", failed);
        }
    }
}
