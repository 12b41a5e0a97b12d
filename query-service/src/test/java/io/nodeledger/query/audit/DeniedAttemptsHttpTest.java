package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.projection.ProjectionRebuild;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcOperations;
import tools.jackson.databind.JsonNode;

/** What was denied is in the trail beside what happened. */
class DeniedAttemptsHttpTest {
    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = new QueryServer("--nodeledger.audit.denied-per-day=4");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_attempt_that_was_denied_is_in_the_trails_of_workspace_and_node_with_who_and_where_and_what() {
        String nodes = given("ws-a", "node-a");

        var answer = server.get(
                nodes + "/node-a/audit", token("mallory", "ws-a", "developer"), "X-Request-Id", "req-of-mallory");

        assertThat(answer.status()).isEqualTo(403);
        var entry = denied(nodes + "/audit", 1).getFirst();
        assertThat(entry.get("id").asString()).startsWith("evt-");
        assertThat(entry.get("type").asString()).isEqualTo("access.denied");
        assertThat(entry.get("outcome").asString()).isEqualTo("denied");
        assertThat(entry.get("node_id").asString()).isEqualTo("node-a");
        assertThat(entry.get("actor").toString()).isEqualTo("""
                {"id":"mallory","type":"user","role":"developer"}""");
        assertThat(entry.get("request_id").asString()).isEqualTo("req-of-mallory");
        assertThat(entry.get("source_address").asString()).isNotEmpty();
        assertThat(entry.get("data").toString()).isEqualTo("""
                {"permission":"audit:read","code":"AUTH_PERMISSION_DENIED","method":"GET",\
                "route":"/api/v1/workspaces/{wsId}/nodes/{nodeId}/audit","attempts":1}""");
        assertThat(Instant.parse(entry.get("occurred_at").asString()))
                .isBetween(Instant.now().minusSeconds(60), Instant.now());
        assertThat(denied(nodes + "/node-a/audit", 1)).containsExactly(entry);
        assertThat(denied(nodes + "/audit?actor=mallory&action=audit:read&node_id=node-a", 1))
                .containsExactly(entry);
        assertThat(server.all(nodes + "/audit?action=nodes:delete")).isEmpty();
        assertThat(server.all(nodes + "/audit?action=access.denied&actor=user-1"))
                .isEmpty();
        assertThat(server.all(nodes + "/audit?action=access.denied&to=2024-01-01T00:00:00Z"))
                .isEmpty();
    }

    @Test
    void it_stands_where_it_happened_in_both_orders_on_pages_of_any_size_and_after_a_rebuild() {
        String nodes = given("ws-b", "node-b");
        server.get(nodes + "/audit", token("mallory", "ws-b", "viewer"));
        server.get(nodes + "/audit", token("trudy", "ws-b", "viewer"));
        denied(nodes + "/audit", 2);
        server.append(new History("node-b2", "ws-b", "b2", Instant.parse("2024-01-20T10:00:00Z")).provision());
        List<String> order = List.of(
                "workspace.registered",
                "workspace.credits_granted",
                "node.provisioning_started",
                "access.denied mallory",
                "access.denied trudy",
                "node.provisioning_started");

        assertThat(told(nodes + "/audit")).isEqualTo(order);
        for (int limit = 1; limit <= order.size(); limit++) {
            assertThat(told(nodes + "/audit?limit=" + limit)).isEqualTo(order);
            assertThat(told(nodes + "/audit?sort=-position&limit=" + limit)).isEqualTo(order.reversed());
        }

        var rebuild = server.bean(ProjectionRebuild.class);
        rebuild.start("nodes");
        await().atMost(20, SECONDS)
                .until(() -> !rebuild.status("nodes").orElseThrow().isRebuilding());
        assertThat(told(nodes + "/audit")).isEqualTo(order);
    }

    @Test
    void who_follows_the_trail_misses_none_that_was_written_late() {
        String nodes = given("ws-c", "node-c");
        var page = server.get(nodes + "/audit?limit=2");
        String next = page.next();
        server.get(nodes + "/audit", token("mallory", "ws-c", "viewer"));
        denied(nodes + "/audit", 1);

        // when its place is before what the follower has seen: the transaction that wrote it was slow
        server.bean(JdbcOperations.class)
                .update("UPDATE audit.denied_attempt SET position = 0 WHERE workspace_id = 'ws-c'");

        assertThat(told(next)).containsExactly("access.denied mallory", "node.provisioning_started");
    }

    @Test
    void what_only_the_platform_may_is_noted_in_the_workspace_that_it_was_about() {
        String nodes = given("ws-d", "node-d");

        var answer = server.get("/api/v1/admin/workspaces/ws-d", token("owner", "ws-d", "admin"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(denied(nodes + "/audit", 1).getFirst().at("/data/permission").asString())
                .isEqualTo("platform:admin");
    }

    @Test
    void strangers_and_the_unknown_write_nothing_into_a_workspaces_trail() {
        String nodes = given("ws-e", "node-e");

        assertThat(server.get(nodes + "/audit", token("stranger", "ws-other", "admin"))
                        .status())
                .isEqualTo(404);
        assertThat(server.get("/api/v1/admin/workspaces/ws-e", token("stranger", "ws-other", "admin"))
                        .status())
                .isEqualTo(403);
        assertThat(server.get(nodes + "/audit", "no-token").status()).isEqualTo(401);
        server.get(nodes + "/audit", token("last", "ws-e", "viewer"));

        assertThat(denied(nodes + "/audit", 1).getFirst().at("/actor/id").asString())
                .isEqualTo("last");
    }

    @Test
    void a_flood_of_one_caller_leaves_few_rows_that_stand_for_all_and_hides_nobody_else() {
        String nodes = given("ws-f", "node-f");

        for (int i = 0; i < 35; i++) {
            assertThat(server.get(nodes + "/audit", token("flood", "ws-f", "viewer"))
                            .status())
                    .isEqualTo(403);
        }
        server.get(nodes + "/audit", token("other", "ws-f", "viewer"));

        var rows = denied(nodes + "/audit", 8);
        assertThat(rows.stream().map(row -> row.at("/data/attempts").asLong()))
                .containsExactly(1L, 1L, 1L, 1L, 4L, 8L, 16L, 1L);
        assertThat(rows.getLast().at("/actor/id").asString()).isEqualTo("other");
    }

    @Test
    void a_node_that_never_was_has_no_trail_even_when_somebody_was_denied_it() {
        String nodes = given("ws-g", "node-g");
        server.get(nodes + "/node-none/audit", token("mallory", "ws-g", "viewer"));
        denied(nodes + "/audit", 1);

        assertThat(server.get(nodes + "/node-none/audit").status()).isEqualTo(404);
    }

    private static String given(String workspace, String node) {
        server.append(Workspaces.registered(workspace));
        server.append(new History(node, workspace, "a", Instant.parse("2024-01-20T10:00:00Z")).provision());
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    private static String token(String subject, String workspace, String role) {
        return server.token(Map.of("sub", subject, "workspaces", Map.of(workspace, role)));
    }

    /** The denied attempts of a trail once there are as many. */
    private static List<JsonNode> denied(String path, int count) {
        return await().atMost(10, SECONDS)
                .until(
                        () -> server.all(path).stream()
                                .filter(entry -> entry.has("outcome"))
                                .toList(),
                        found -> found.size() == count);
    }

    private static List<String> told(String path) {
        return server.all(path).stream()
                .map(entry -> entry.get("type").asString()
                        + (entry.has("outcome") ? " " + entry.at("/actor/id").asString() : ""))
                .toList();
    }
}
