package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Webhooks;
import io.nodeledger.query.Workspaces;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What happens to a workspace's webhooks is in its trail, with who did it and without any secret. */
class WebhookAuditHttpTest {
    private static final String AUDIT = "/api/v1/workspaces/ws-123/nodes/audit";
    private static final Instant BEGIN = Instant.parse("2024-02-01T10:00:00Z");
    private static final List<String> LIFE = List.of(
            "webhook.created >enabled",
            "webhook.changed enabled>enabled",
            "webhook.secret_rotated enabled>enabled",
            "webhook.disabled enabled>disabled",
            "webhook.changed disabled>enabled",
            "webhook.deleted enabled>deleted");

    private final TestDatabase database = PostgresServer.newDatabase();

    @Test
    void each_event_of_a_webhook_has_an_entry_that_says_what_it_was_and_is() {
        try (var server = QueryServer.on(database)) {
            server.append(Workspaces.registered("ws-123"));
            server.append(Workspaces.registered("ws-2"));
            var admin = new Cause("eve", "user", "admin", "ws-123", "req-9", null, null, "ChangeWebhook", null);
            server.appendUnseen(Webhooks.life("wh-1", "ws-123", BEGIN), admin.asMetadata());
            server.append(Webhooks.life("wh-2", "ws-2", BEGIN).subList(0, 1));

            var told = server.all(AUDIT + "?actor=eve");

            assertThat(words(told)).isEqualTo(LIFE);
            assertThat(server.all(AUDIT + "?limit=2&actor=eve&sort=-position")).isEqualTo(told.reversed());
            assertThat(words(server.all(AUDIT + "?action=webhook.disabled"))).containsExactly(LIFE.get(3));
            assertThat(words(server.all(AUDIT + "?node_id=node-1"))).isEmpty();
            var changed = told.get(1);
            assertThat(changed.at("/actor/id").asString()).isEqualTo("eve");
            assertThat(changed.at("/cause/command").asString()).isEqualTo("ChangeWebhook");
            assertThat(changed.has("node_id")).isFalse();
            assertThat(changed.get("data"))
                    .isEqualTo(JsonMapper.shared().readTree("""
                            {"webhook_id": "wh-1",
                             "before": {"url": "%s", "events": ["node.started"], "node_labels": {"team": "a"},
                                        "description": "pager"},
                             "after": {"url": "%s"}}""".formatted(Webhooks.URL, Webhooks.OTHER_URL)));
            assertThat(told.get(2).at("/data/previous_until").asString()).isEqualTo("2024-02-02T12:00:00Z");
            assertThat(told.get(3).at("/data/reason").asString()).isEqualTo("failing");
        }
    }

    @Test
    void webhooks_of_before_there_was_a_trail_of_them_are_in_it() {
        try (var server = QueryServer.on(database)) {
            server.append(Workspaces.registered("ws-123"));
            server.append(Webhooks.life("wh-1", "ws-123", BEGIN).subList(0, 3));
        }
        forgetWebhooks();

        try (var server = QueryServer.on(database, "--nodeledger.query.generation-check=200ms")) {
            assertThat(words(server.all(AUDIT))).startsWith("workspace.registered >active");
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(words(server.all(AUDIT + "?sort=-position")))
                            .startsWith(LIFE.get(2), LIFE.get(1), LIFE.get(0)));
        }
    }

    /** As it was before. */
    private void forgetWebhooks() {
        var jdbc = new JdbcTemplate(database.dataSource());
        jdbc.execute("DROP VIEW query.webhooks, query.webhook_audit, query.transitions, query.transition_audit");
        jdbc.execute("DROP TABLE query.webhooks_g1, query.webhook_audit_g1, query.webhooks_template,"
                + " query.webhook_audit_template, query.transitions_g1, query.transition_audit_g1,"
                + " query.transitions_template, query.transition_audit_template");
        jdbc.execute("DELETE FROM query.projection_generation WHERE read_model IN ('webhooks', 'transitions')");
        jdbc.execute("DELETE FROM query.token_entry WHERE processor_name ~ 'webhooks|transitions'");
        jdbc.execute("DELETE FROM query.schema_history WHERE version::integer >= 9");
    }

    private static List<String> words(List<JsonNode> entries) {
        return entries.stream()
                .map(entry -> entry.get("type").asString()
                        + " " + entry.at("/before/status").asString("")
                        + ">" + entry.at("/after/status").asString(""))
                .toList();
    }
}
