package io.nodeledger.query.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Indexes reach the tables that are filled already, not only those that will be. */
class NodeIndexesTest {
    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @Test
    void a_table_that_an_earlier_version_has_filled_gets_the_indexes_of_a_new_one() {
        // given
        migration().target("1").load().migrate();
        jdbc.sql("CREATE TABLE query.nodes_g7 (LIKE query.nodes_template INCLUDING ALL)")
                .update();
        jdbc.sql(
                        "INSERT INTO query.projection_generation (read_model, generation, state) VALUES ('nodes', 7, 'active')")
                .update();

        // when
        migration().load().migrate();

        // then
        assertThat(indexes("nodes_g7"))
                .isEqualTo(indexes("nodes_template"))
                .hasSizeGreaterThan(10)
                .anyMatch(index -> index.startsWith("btree (workspace_id, plan_id, created_at, id) INCLUDE"));
    }

    private List<String> indexes(String table) {
        return jdbc.sql("""
                        SELECT regexp_replace(indexdef, '^.* USING ', '') AS definition FROM pg_indexes
                        WHERE schemaname = 'query' AND tablename = ? ORDER BY definition""").param(table).query(String.class).list();
    }

    private FluentConfiguration migration() {
        return Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("query")
                .defaultSchema("query")
                .locations("classpath:db/query");
    }
}
