package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables that an installation has filled before the trail could be filtered and workspaces had one. */
class FilledAuditTableTest {
    private static final String ENTRY = """
            {"entry": {"id": "evt-1", "type": "node.deleted", "occurred_at": "2024-01-20T10:00:00.500Z",
             "actor": {"id": "user-1"}, "cause": {"command": "DeleteNode"}}}""";

    private final TestDatabase database = PostgresServer.newDatabase();
    private final JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());

    @BeforeEach
    void given_filled_tables() {
        migrate("7");
        fill("nodes", 3, "active", List.of("nodes", "node_counts", "audit", "operations"));
        fill("nodes", 4, "building", List.of("nodes", "node_counts", "audit", "operations"));
        fill("workspaces", 1, "active", List.of("workspaces", "credit_entries"));
        jdbc.update("INSERT INTO query.audit_g3 VALUES (7, 'ws-1', 'node-1', false, ?::jsonb)", ENTRY);
        jdbc.update("INSERT INTO query.workspaces_g1 VALUES ('ws-1', '{}')");
    }

    @Test
    void an_entry_that_is_there_can_be_found_by_all_that_is_filtered_by() {
        migrate("8");

        assertThat(jdbc.queryForMap("SELECT type, command, actor, occurred_at::text AS at FROM query.audit"))
                .containsEntry("type", "node.deleted")
                .containsEntry("command", "DeleteNode")
                .containsEntry("actor", "user-1")
                .hasEntrySatisfying("at", at -> assertThat(at).asString().startsWith("2024-01-20 "));
        assertThat(indexes("audit_g3"))
                .isEqualTo(indexes("audit_g4"))
                .isEqualTo(indexes("audit_template"))
                .hasSize(8);
    }

    @Test
    void an_instance_that_does_not_know_of_the_columns_still_writes_them() {
        migrate("8");

        jdbc.update("INSERT INTO query.audit_g3 (position, workspace_id, node_id, internal, doc)"
                + " VALUES (8, 'ws-1', 'node-1', false, '" + ENTRY + "')");

        assertThat(texts("SELECT actor FROM query.audit ORDER BY position")).containsExactly("user-1", "user-1");
    }

    @Test
    void workspaces_are_read_on_while_a_generation_with_their_trail_is_filled() {
        migrate("8");

        assertThat(texts("SELECT id FROM query.workspaces")).containsExactly("ws-1");
        assertThat(texts("SELECT count(*)::text FROM query.workspace_audit")).containsExactly("0");
        assertThat(texts("SELECT generation || ' ' || state FROM query.projection_generation"
                        + " WHERE read_model = 'workspaces' ORDER BY generation"))
                .containsExactly("1 active", "2 building");
        assertThat(texts("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_g2$' ORDER BY relname"))
                .containsExactly("credit_entries_g2", "workspace_audit_g2", "workspaces_g2");
        assertThat(texts("SELECT processor_name FROM query.token_entry ORDER BY processor_name"))
                .containsExactly("query.nodes.g3", "query.nodes.g4", "query.workspaces.g1");
    }

    @Test
    void a_generation_of_workspaces_in_the_making_is_begun_anew() {
        fill("workspaces", 2, "building", List.of("workspaces", "credit_entries"));

        migrate("8");

        assertThat(texts("SELECT processor_name FROM query.token_entry WHERE processor_name ~ 'workspaces'"))
                .containsExactly("query.workspaces.g1");
        assertThat(texts("SELECT relname FROM pg_class WHERE relname = 'workspace_audit_g2'"))
                .hasSize(1);
    }

    @Test
    void a_trail_without_webhooks_goes_on_while_one_with_all_of_them_is_filled() {
        migrate("8");
        jdbc.update("UPDATE query.token_entry SET token = 'x', token_type = 't' WHERE processor_name ~ 'workspaces'");

        migrate("9");

        assertThat(texts("SELECT generation || ' ' || state FROM query.projection_generation"
                        + " WHERE read_model = 'webhooks' ORDER BY generation"))
                .containsExactly("1 active", "2 building");
        assertThat(texts("SELECT processor_name || ' ' || encode(token, 'escape') FROM query.token_entry"
                        + " WHERE processor_name ~ 'webhooks'"))
                .as("the one that is read begins where the trail is")
                .containsExactly("query.webhooks.g1 x");
        assertThat(texts("SELECT count(*)::text FROM query.webhook_audit")).containsExactly("0");
        assertThat(indexes("webhook_audit_g2")).isEqualTo(indexes("workspace_audit_template"));
    }

    @Test
    void transitions_begin_where_the_trail_is() {
        migrate("9");
        jdbc.update("UPDATE query.token_entry SET token = 'x', token_type = 't' WHERE processor_name ~ 'workspaces'");

        migrate("10");

        assertThat(texts("SELECT generation || ' ' || state FROM query.projection_generation"
                        + " WHERE read_model = 'transitions'"))
                .as("none is older than the table")
                .containsExactly("1 active");
        assertThat(texts("SELECT encode(token, 'escape') FROM query.token_entry"
                        + " WHERE processor_name = 'query.transitions.g1'"))
                .containsExactly("x");
        assertThat(texts("SELECT count(*)::text FROM query.transition_audit")).containsExactly("0");
        assertThat(indexes("transition_audit_g1")).isEqualTo(indexes("workspace_audit_template"));
    }

    @Test
    void a_new_installation_makes_its_first_generation_of_webhooks_itself() {
        var fresh = new FilledAuditTableTest();

        fresh.migrate("9");

        assertThat(fresh.texts("SELECT read_model FROM query.projection_generation"))
                .isEmpty();
    }

    @Test
    void a_service_that_starts_on_them_fills_that_generation_and_moves_its_readers_there() {
        try (var server = QueryServer.on(database, "--nodeledger.query.generation-check=200ms")) {
            server.append(Workspaces.registered("ws-123"));

            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(texts("SELECT generation::text FROM query.projection_generation"
                                    + " WHERE read_model = 'workspaces' AND state = 'active'"))
                            .containsExactly("2"));
            assertThat(server.all("/api/v1/workspaces/ws-123/nodes/audit").stream()
                            .map(entry -> entry.get("type").asString()))
                    .containsExactly("workspace.registered", "workspace.credits_granted");
        }
    }

    private List<String> indexes(String table) {
        return texts("SELECT regexp_replace(indexdef, '^.* USING ', '') FROM pg_indexes WHERE tablename = '" + table
                + "' ORDER BY 1");
    }

    private void fill(String model, int generation, String state, List<String> tables) {
        for (String table : tables) {
            jdbc.execute("CREATE TABLE query.%1$s_g%2$d (LIKE query.%1$s_template INCLUDING ALL)"
                    .formatted(table, generation));
            if (state.equals("active")) {
                jdbc.execute("CREATE VIEW query.%1$s AS SELECT * FROM query.%1$s_g%2$d".formatted(table, generation));
            }
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
                .table("schema_history")
                .locations("classpath:db/query")
                .target(version)
                .load()
                .migrate();
    }
}
