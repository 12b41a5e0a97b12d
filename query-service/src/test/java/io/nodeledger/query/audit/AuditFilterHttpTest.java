package io.nodeledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trail by actor, action, time and node. */
class AuditFilterHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static QueryServer server;

    /** Node a is provisioned by user-1 at 10:00 and deleted by user-2 from 10:00:10 on; node b is provisioned by user-1 at 11:00. */
    @BeforeAll
    static void given_two_nodes_and_two_users() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        var first = new History("node-a", "ws-123", "a", Instant.parse("2024-01-20T10:00:00Z"))
                .provision()
                .succeed();
        server.append(first);
        int told = first.events().size();
        first.delete(NodeStatus.RUNNING).gone();
        var deleter = new Cause("user-2", "user", "admin", "ws-123", "req-2", null, null, "DeleteNode", null);
        server.appendUnseen(first.events().subList(told, first.events().size()), deleter.asMetadata());
        server.append(new History("node-b", "ws-123", "b", Instant.parse("2024-01-20T11:00:00Z")).provision());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "actor=user-2 | node.deletion_started a, node.deleted a",
                "actor=nobody | -",
                "actor=user-1&node_id=node-b | node.provisioning_started b",
                "node_id=node-a&action=node.deleted | node.deleted a",
                "node_id=node-c | -",
                "action=DeleteNode | node.deletion_started a, node.deleted a",
                "action=node.deleted,node.provisioning_completed | node.provisioning_completed a, node.deleted a",
                "action=ProvisionNode,node.deleted&node_id=node-a"
                        + " | node.provisioning_started a, node.provisioning_completed a, node.deleted a",
                "action=StopNode | -",
                "from=2024-01-20T10:30:00Z | node.provisioning_started b",
                "from=2024-01-20T11:00:00Z&to=2024-01-20T11:00:00.001Z | node.provisioning_started b",
                "to=2024-01-20T11:00:00Z&actor=user-2 | node.deletion_started a, node.deleted a",
                "from=2024-01-20T10:00:00Z&to=2024-01-20T10:00:00.001Z | node.provisioning_started a",
                "from=2024-01-20T12:00:00%2B02:00&to=2024-01-20T12:00:01%2B02:00 | node.provisioning_started a",
                "from=2025-01-01T00:00:00Z | -",
                "sort=-position&actor=user-2 | node.deleted a, node.deletion_started a",
            })
    void a_filter_shows_what_it_names_and_nothing_else_whatever_the_size_of_a_page(String filter, String expected) {
        List<String> shown = expected == null ? List.of() : List.of(expected.split(", "));

        assertThat(told("/audit?" + filter)).isEqualTo(shown);
        assertThat(told("/audit?limit=1&" + filter)).isEqualTo(shown);
    }

    @Test
    void a_nodes_own_trail_is_filtered_too_and_can_show_its_steps() {
        assertThat(told("/node-a/audit?actor=user-2&limit=1"))
                .containsExactly("node.deletion_started a", "node.deleted a");
        assertThat(told("/node-b/audit?actor=user-2")).isEmpty();
        assertThat(told("/node-a/audit?include=steps&action=node.machine_allocated"))
                .containsExactly("node.machine_allocated a");
        assertThat(told("/node-a/audit?action=node.machine_allocated")).isEmpty();
    }

    @Test
    void a_cursor_of_other_filters_is_refused() {
        var next = server.get(NODES + "/audit?actor=user-2&limit=1").next();

        var other = server.get(next.replaceFirst("/api/.*\\?actor=user-2", NODES + "/audit?actor=user-1"));

        assertThat(next).contains("actor=user-2", "cursor=");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body().at("/error/details/fields/0/field").asString()).isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource({
        "actor=, actor, empty",
        "action=, action, empty",
        "'action=node.deleted,', action, malformed",
        "action=%3Bdrop, action, malformed",
        "from=yesterday, from, malformed",
        "to=2024-13-01T00:00:00Z, to, malformed",
        "to=%2B999999999-01-01T00:00:00Z, to, malformed",
        "from=2024-01-02T00:00:00Z&to=2024-01-02T00:00:00Z, to, out_of_range",
        "node_id=a&node_id=b, node_id, duplicate",
        "include=all, include, unknown_value",
    })
    void a_bad_filter_is_named(String filter, String field, String code) {
        var answer = server.get(NODES + "/audit?" + filter);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
        var bad = answer.body().at("/error/details/fields/0");
        assertThat(bad.get("field").asString() + " " + bad.get("code").asString())
                .isEqualTo(field + " " + code);
    }

    @Test
    void an_actor_of_endless_length_is_refused() {
        assertThat(server.get(NODES + "/audit?actor=" + "a".repeat(257)).status())
                .isEqualTo(400);
    }

    private static List<String> told(String path) {
        return server.all(NODES + path).stream()
                .map(entry -> entry.get("type").asString() + " "
                        + entry.get("node_id").asString().substring("node-".length()))
                .toList();
    }
}
