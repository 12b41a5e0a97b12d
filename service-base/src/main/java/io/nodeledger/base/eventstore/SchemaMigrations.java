package io.nodeledger.base.eventstore;

import io.nodeledger.base.settings.DatabaseSettings;
import java.util.Comparator;
import java.util.List;
import org.flywaydb.core.Flyway;

/**
 * Brings every declared schema up to date when it is created.
 *
 * <p>Migrations use connections of their own: they may take longer than the pool's transaction time-out allows.
 * Instances that start together wait for each other on Flyway's lock.
 */
public final class SchemaMigrations {

    private final List<String> schemas;

    public SchemaMigrations(DatabaseSettings database, List<SchemaMigration> declared) {
        var ordered = declared.stream()
                .distinct()
                .sorted(Comparator.comparingInt(SchemaMigration::order).thenComparing(SchemaMigration::schema))
                .toList();
        ordered.forEach(migration -> migrate(database, migration));
        this.schemas = ordered.stream().map(SchemaMigration::schema).toList();
    }

    /** The schemas that are now up to date, in the order in which they were migrated. */
    public List<String> schemas() {
        return schemas;
    }

    private static void migrate(DatabaseSettings database, SchemaMigration migration) {
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .schemas(migration.schema())
                .defaultSchema(migration.schema())
                .table("schema_history")
                .locations(migration.location())
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }
}
