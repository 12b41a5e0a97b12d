package io.nodeledger.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class FreshPlansTest {
    private static final int OFTEN = 20;

    private final TestDatabase database = PostgresServer.newDatabase();
    private final SingleConnectionDataSource connection =
            new SingleConnectionDataSource(database.url(), database.user(), database.password(), true);

    @AfterEach
    void close() {
        connection.close();
    }

    @Test
    void no_plan_is_kept_however_often_a_statement_is_executed() {
        executeOften(new FreshPlans(connection), "SELECT ?::int AS fresh");
        executeOften(new JdbcTemplate(connection), "SELECT ?::int AS kept");

        assertThat(new JdbcTemplate(connection)
                        .queryForList("SELECT statement FROM pg_prepared_statements", String.class))
                .contains("SELECT $1::int AS kept")
                .doesNotContain("SELECT $1::int AS fresh");
    }

    private static void executeOften(JdbcTemplate statements, String sql) {
        for (int i = 0; i < OFTEN; i++) {
            assertThat(statements.queryForObject(sql, Integer.class, i)).isEqualTo(i);
        }
    }
}
