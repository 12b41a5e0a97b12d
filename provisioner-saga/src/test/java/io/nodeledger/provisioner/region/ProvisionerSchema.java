package io.nodeledger.provisioner.region;

import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import org.flywaydb.core.Flyway;

/** Databases with all tables of the provisioner. */
public final class ProvisionerSchema {
    private ProvisionerSchema() {}

    /** A fresh one. */
    public static TestDatabase newDatabase() {
        var database = PostgresServer.newDatabase();
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("provisioner")
                .defaultSchema("provisioner")
                .locations("classpath:db/provisioner")
                .load()
                .migrate();
        return database;
    }
}
