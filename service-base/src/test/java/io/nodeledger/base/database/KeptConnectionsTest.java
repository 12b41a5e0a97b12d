package io.nodeledger.base.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The connections of those tests that make many small statements. */
class KeptConnectionsTest {
    private final TestDatabase database = PostgresServer.newDatabase();
    private final DataSource kept = database.keptConnections();

    @Test
    void oneStatementAfterTheOtherUsesTheSameConnection() {
        assertThat(process()).isEqualTo(process());
    }

    @Test
    void whoHoldsOneAtTheSameTimeHasAnother() throws Exception {
        try (var held = kept.getConnection();
                var statement = held.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            assertThat(row.next()).isTrue();
            assertThat(process()).isNotEqualTo(row.getInt(1));
        }
    }

    @Test
    void oneThatWasCutOffIsReplacedWithoutAWord() {
        int first = process();

        JdbcClient.create(database.dataSource())
                .sql("select pg_terminate_backend(?, 5000)")
                .param(first)
                .query(Boolean.class)
                .single();

        assertThat(process()).isNotEqualTo(first);
        assertThat(process()).isEqualTo(process());
    }

    private int process() {
        return JdbcClient.create(kept)
                .sql("select pg_backend_pid()")
                .query(Integer.class)
                .single();
    }
}
