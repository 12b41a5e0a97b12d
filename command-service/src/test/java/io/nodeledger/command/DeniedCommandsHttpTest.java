package io.nodeledger.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The write door writes down what it denies, and nothing of what it refuses to those who may. */
class DeniedCommandsHttpTest {
    private static final String NODE = "node-01hm0000000000000000000000";
    private static final String WISH = "{\"name\":\"prod-node-1\",\"plan_id\":\"plan-dedicated-4c8g\"}";

    private static RunningWriteDoor door;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void a_command_without_the_permission_is_a_row_and_no_event() throws Exception {
        workspace("ws-a", false);
        int events = door.streams().size();

        var answer = door.caller("ws-a", "developer").delete(nodes("ws-a") + "/" + NODE + "?force=true");

        assertThat(answer.statusCode()).isEqualTo(403);
        await().untilAsserted(() -> assertThat(rows("ws-a"))
                .containsExactly("developer-of-ws-a|developer|nodes:delete|AUTH_PERMISSION_DENIED|DELETE"
                        + "|/api/v1/workspaces/{wsId}/nodes/{nodeId}|" + NODE + "|request-of-a-test|127.0.0.1|1"));
        assertThat(door.streams()).hasSize(events);
    }

    @Test
    void a_cancellation_names_the_permission_that_it_takes_and_the_node_that_it_is_about() throws Exception {
        workspace("ws-d", false);
        door.operator().post("/api/v1/admin/workspaces/ws-d/credits", "{\"amount\":1000}");
        var node = ApiCaller.data(door.admin("ws-d").post(nodes("ws-d"), WISH));
        String task = node.get("provisioning_task_id").stringValue();

        var answer = door.caller("ws-d", "developer").post(nodes("ws-d") + "/operations/" + task + "/cancel", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        await().untilAsserted(() -> assertThat(rows("ws-d"))
                .containsExactly("developer-of-ws-d|developer|nodes:provision|AUTH_PERMISSION_DENIED|POST"
                        + "|/api/v1/workspaces/{wsId}/nodes/operations/{operationId}/cancel|"
                        + node.get("id").stringValue() + "|" + task + "|request-of-a-test|127.0.0.1|1"));
    }

    @Test
    void what_a_suspended_workspace_is_denied_is_a_row_too() throws Exception {
        workspace("ws-b", true);

        var answer = door.admin("ws-b").post(nodes("ws-b"), WISH);

        assertThat(answer.statusCode()).isEqualTo(403);
        await().untilAsserted(() ->
                assertThat(rows("ws-b")).hasSize(1).first().asString().contains("WORKSPACE_SUSPENDED"));
    }

    @Test
    void what_is_refused_for_other_reasons_is_none() throws Exception {
        workspace("ws-c", false);

        assertThat(door.admin("ws-c").post(nodes("ws-c"), WISH).statusCode()).isEqualTo(402);
        assertThat(door.admin("ws-c").post(nodes("ws-c"), "{}").statusCode()).isEqualTo(400);
        assertThat(door.admin("ws-c").delete(nodes("ws-c") + "/" + NODE).statusCode())
                .isEqualTo(404);
        door.caller("ws-c", "viewer").post(nodes("ws-c"), WISH);

        await().untilAsserted(() ->
                assertThat(rows("ws-c")).hasSize(1).first().asString().contains("viewer"));
    }

    private static void workspace(String id, boolean suspended) throws Exception {
        var answer = door.operator()
                .put(
                        "/api/v1/admin/workspaces/" + id,
                        "{\"plan\":\"pro\",\"region\":\"us-west-2\",\"suspended\":" + suspended + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    private static List<String> rows(String workspace) {
        return door.sql().sql("""
                        SELECT concat_ws('|', actor, role, permission, code, method, route, node_id, operation_id, request_id,
                          source_address, attempts)
                        FROM audit.denied_attempt WHERE workspace_id = ? ORDER BY number""").param(workspace).query(String.class).list();
    }
}
