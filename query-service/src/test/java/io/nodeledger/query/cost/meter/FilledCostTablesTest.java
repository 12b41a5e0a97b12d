package io.nodeledger.query.cost.meter;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cost tables that an installation has filled before their rows knew as much as they do. */
class FilledCostTablesTest {
    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @Test
    void are_dropped_with_their_tokens_to_be_filled_anew_and_no_others() {
        // given
        migrate("6");
        fill("costs", 1, "active", List.of("metered_nodes", "meter_points"));
        fill("costs", 2, "building", List.of("metered_nodes", "meter_points"));
        fill("workspaces", 1, "active", List.of("workspaces"));

        // when
        migrate("7");

        // then
        assertThat(texts("SELECT read_model FROM query.projection_generation")).containsExactly("workspaces");
        assertThat(texts("SELECT processor_name FROM query.token_entry")).containsExactly("query.workspaces.g1");
        assertThat(texts("SELECT relname FROM pg_class WHERE relkind IN ('r', 'v') AND relname ~ '_g[0-9]+$'"))
                .containsExactly("workspaces_g1");
        assertThat(texts("SELECT viewname FROM pg_views WHERE schemaname = 'query'"))
                .containsExactly("workspaces");
    }

    private void fill(String model, int generation, String state, List<String> tables) {
        for (String table : tables) {
            jdbc.execute("CREATE TABLE query.%1$s_g%2$d (LIKE query.%1$s_template INCLUDING ALL)"
                    .formatted(table, generation));
            jdbc.execute("CREATE OR REPLACE VIEW query.%1$s AS SELECT * FROM query.%1$s_g1".formatted(table));
        }
        jdbc.update(
                "INSERT INTO query.projection_generation (read_model, generation, state) VALUES (?, ?, ?)",
                model,
                generation,
                state);
        jdbc.update(
                "INSERT INTO query.token_entry (processor_name, segment) VALUES (?, 0)",
                "query.%s.g%d".formatted(model, generation));
    }

    private List<String> texts(String query) {
        return jdbc.queryForList(query, String.class);
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .schemas("query")
                .defaultSchema("query")
                .locations("classpath:db/query")
                .target(version)
                .load()
                .migrate();
    }
}
