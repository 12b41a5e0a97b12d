package io.nodeledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What stays readable of a node that is gone: operations, audit, credits; and the plans. */
class HistoryReadsTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static QueryServer server;

    @BeforeAll
    static void given_one_node_that_is_gone_and_one_that_runs() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        var at = Instant.parse("2024-01-20T10:00:00Z");
        var hold = new BigDecimal("86.40");
        server.append(List.of(
                new NodeAdmitted("ws-123", "node-1", "a", hold, at),
                new NodeAdmitted("ws-123", "node-2", "b", hold, at),
                new NodeReleased("ws-123", "node-1", "a", hold, at.plusSeconds(60))));
        server.append(new History("node-1", "ws-123", "a", at)
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .gone());
        server.append(new History("node-2", "ws-123", "b", at.plusSeconds(60))
                .provision()
                .succeed());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void an_operation_shows_its_steps_with_times() {
        var operation = server.get(NODES + "/operations/task-1a").data();

        assertThat(operation.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "type",
                        "node_id",
                        "status",
                        "progress",
                        "started_at",
                        "finished_at",
                        "estimated_completion",
                        "steps",
                        "needs_attention",
                        "requested_by",
                        "request_id");
        assertThat(operation.get("status").asString()).isEqualTo("succeeded");
        assertThat(operation.get("progress").asInt()).isEqualTo(100);
        assertThat(operation.at("/steps/0/step").asString()).isEqualTo("allocate");
        assertThat(operation.at("/steps/0/attempt").asInt()).isEqualTo(1);
        assertThat(operation.at("/steps/0/finished_at").isString()).isTrue();
        assertThat(server.get(NODES + "/operations/task-none").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "operations, 'task-2a,task-1d,task-1a'",
        "operations?type=delete, task-1d",
        "operations?node_id=node-2, task-2a",
        "'operations?status=running,failed', ''",
        "operations?limit=1, 'task-2a,task-1d,task-1a'",
        "'operations?limit=2&type=provision', 'task-2a,task-1a'",
        "node-1/operations, 'task-1d,task-1a'",
        "node-1/operations?limit=1, 'task-1d,task-1a'",
    })
    void operations_are_listed_newest_first_page_by_page(String path, String expected) {
        assertThat(server.all(NODES + "/" + path).stream()
                        .map(row -> row.get("id").asString()))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operations?limit=0",
                "operations?limit=201",
                "operations?cursor=x",
                "operations?cursor=",
                "operations?status=done",
                "operations?type=resize",
                "audit?sort=occurred_at",
                "audit?include=everything",
                "operations?cursor=b3BlcmF0aW9uc34yMDI0LTk5OTk5WiBvcC0x",
                "operations?cursor=b3BlcmF0aW9uc34yMDI0LTAyLTMxVDEwOjAwOjAwWiB0YXNrLTE",
                "audit?cursor=b3BlcmF0aW9uc34x",
                "credits?limit=many"
            })
    void a_bad_parameter_of_a_cursor_list_is_refused(String path) {
        var answer = server.get(NODES + "/" + path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
    }

    @Test
    void a_cursor_at_the_edge_of_time_is_no_failure() {
        assertThat(server.get(NODES + "/operations?cursor=b3BlcmF0aW9uc34wMDAwLTAxLTAxVDAwOjAwOjAwWiB0YXNrLTE")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_audit_of_a_node_that_is_gone_tells_its_life_in_order() {
        var entries = server.all(NODES + "/node-1/audit?limit=1");

        assertThat(entries.stream().map(entry -> entry.get("type").asString()))
                .containsExactly(
                        "node.provisioning_started",
                        "node.provisioning_completed",
                        "node.deletion_started",
                        "node.deleted");
        assertThat(entries.stream().map(entry -> entry.at("/after/status").asString()))
                .containsExactly("provisioning", "running", "deleting", "deleted");
        assertThat(entries.stream()
                        .skip(1)
                        .map(entry -> entry.at("/before/status").asString()))
                .containsExactly("provisioning", "running", "deleting");
        assertThat(entries.stream().map(entry -> entry.get("position").asLong()))
                .isSorted();
        var first = entries.getFirst();
        assertThat(first.get("id").asString()).startsWith("evt-");
        assertThat(first.get("actor").toString()).isEqualTo("{\"id\":\"user-1\",\"type\":\"user\",\"role\":\"admin\"}");
        assertThat(first.at("/cause/command").asString()).isEqualTo("ProvisionNode");
        assertThat(first.get("request_id").asString()).isEqualTo("req-1");
        assertThat(first.get("source_address").asString()).isEqualTo("192.0.2.7");
        assertThat(first.get("before").toString()).isEqualTo("{}");
        assertThat(first.at("/data/name").asString()).isEqualTo("a");
        assertThat(first.get("data").has("node_id")).isFalse();
    }

    @Test
    void the_audit_shows_steps_on_request_and_the_newest_first_on_request() {
        var steps = server.all(NODES + "/node-1/audit?include=steps&limit=7");
        var newest = server.all(NODES + "/audit?sort=-position&limit=2&action=ProvisionNode").stream()
                .filter(entry -> entry.has("node_id"))
                .toList();

        assertThat(steps).hasSize(4 + 8 + 7);
        assertThat(types(steps)).contains("node.machine_allocated", "node.step_succeeded");
        assertThat(newest).hasSize(6);
        assertThat(newest.getFirst().get("node_id").asString()).isEqualTo("node-2");
    }

    @Test
    void only_admins_and_auditors_read_the_audit() {
        assertThat(server.get(NODES + "/audit", server.token("ws-123", "developer"))
                        .status())
                .isEqualTo(403);
        assertThat(server.get(NODES + "/audit", server.token("ws-123", "auditor"))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(NODES + "/audit", server.token("ws-9", "admin")).status())
                .isEqualTo(404);
    }

    @Test
    void credits_show_what_is_held_and_their_ledger_newest_first() {
        var answer = server.get(NODES + "/credits");

        assertThat(answer.raw().body())
                .contains("\"balance\":1000.00", "\"held\":86.40", "\"available\":913.60", "\"currency\":\"USD\"");
        assertThat(answer.data()
                        .get("entries")
                        .valueStream()
                        .map(entry -> entry.get("type").asString()))
                .containsExactly("release", "hold", "hold", "grant");
        var release = answer.data().at("/entries/0");
        assertThat(release.get("node_id").asString()).isEqualTo("node-1");
        assertThat(release.at("/event_ids/0").asString()).startsWith("evt-");
        assertThat(answer.data().get("plan").asString()).isEqualTo("pro");
        assertThat(answer.data().get("current_nodes").asInt()).isEqualTo(1);
    }

    @Test
    void the_platform_operator_sees_workspaces() {
        var one = server.get("/api/v1/admin/workspaces/ws-123").data();

        assertThat(one.get("plan").asString()).isEqualTo("pro");
        assertThat(one.get("max_nodes").asInt()).isEqualTo(5);
        assertThat(one.get("suspended").asBoolean()).isFalse();
        assertThat(server.all("/api/v1/admin/workspaces?limit=1")).hasSize(1);
        assertThat(server.get("/api/v1/admin/workspaces/ws-none").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/admin/workspaces", server.token("ws-123", "admin"))
                        .status())
                .isEqualTo(403);
    }

    private static List<String> types(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.get("type").asString()).toList();
    }
}
