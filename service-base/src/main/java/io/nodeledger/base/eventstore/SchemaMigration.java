package io.nodeledger.base.eventstore;

/**
 * A database schema that a module owns. Declare one as a bean: it is created and migrated before any processor or
 * scheduler starts, and its history is kept in the schema itself. The bean's method is best static, so that the class
 * around it may ask for whatever needs the database.
 *
 * @param schema the schema's name
 * @param location where its Flyway scripts are, for example {@code classpath:db/query}
 * @param order lower ones run first; the event store is 0, modules keep to {@link #of(String, String)}
 */
public record SchemaMigration(String schema, String location, int order) {

    private static final int AFTER_THE_EVENT_STORE = 100;

    /** A module's schema, migrated after the event store's. */
    public static SchemaMigration of(String schema, String location) {
        return new SchemaMigration(schema, location, AFTER_THE_EVENT_STORE);
    }
}
