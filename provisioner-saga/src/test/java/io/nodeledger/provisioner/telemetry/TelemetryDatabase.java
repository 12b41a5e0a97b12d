package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.region.ProvisionerSchema;
import io.nodeledger.provisioner.region.RegionTurns;
import io.nodeledger.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database with the tables of telemetry, and what works on them with a clock that a test sets. */
final class TelemetryDatabase {
    static final TelemetrySettings SETTINGS = new TelemetrySettings(
            Duration.ofSeconds(15),
            Duration.ofMinutes(2),
            4,
            Duration.ofHours(2),
            Duration.ofHours(25),
            Duration.ofDays(2),
            Duration.ofDays(8));

    final JdbcClient jdbc;
    final Partitions partitions;
    final Folding folding;
    private final DataSource database;
    private final TransactionTemplate transaction;
    private final InstantSource clock = this::now;
    Instant now;

    TelemetryDatabase(Instant now) {
        this(now, TestDatabase::keptConnections);
    }

    private TelemetryDatabase(Instant now, Function<TestDatabase, DataSource> connections) {
        this.now = now;
        database = connections.apply(ProvisionerSchema.newDatabase());
        jdbc = JdbcClient.create(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        partitions = new Partitions(jdbc, transaction, SETTINGS);
        folding = new Folding(jdbc, transaction, partitions);
    }

    /** One whose own clock can be set: a connection has the clock that was set when it was opened. */
    static TelemetryDatabase withClock(Instant now) {
        var database = new TelemetryDatabase(now, TestDatabase::dataSource);
        database.clockStandsAt(now);
        return database;
    }

    private Instant now() {
        return now;
    }

    /** From now on it is this time for the database of {@link #withClock}, whatever it is for us. */
    void clockStandsAt(Instant moment) {
        jdbc.sql("create schema if not exists standing").update();
        jdbc.sql("create or replace function standing.now() returns timestamptz language sql as $$ select timestamptz '"
                        + moment + "' $$")
                .update();
        jdbc.sql("""
                        do $$ begin
                            execute format('alter database %I set search_path = standing, pg_catalog', current_database());
                        end $$""").update();
    }

    RegionTurns turns(String holder) {
        return new RegionTurns(jdbc, "telemetry", holder);
    }

    /** What an instance writes with. */
    TelemetryTable table(RegionTurns turns) {
        return new TelemetryTable(database, transaction, turns, partitions, clock);
    }

    /** The rows of a query. */
    List<Map<String, Object>> rows(String sql) {
        return jdbc.sql(sql).query().listOfRows();
    }
}
