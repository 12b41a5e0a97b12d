package io.nodeledger.query.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer;
import io.nodeledger.query.QueryServer.Answer;
import io.nodeledger.query.Workspaces;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What may be asked about room, and by whom. */
class AllocationRequestHttpTest {
    private static final String PATH = "/api/v1/workspaces/ws-123/nodes/check-allocation";
    private static final String ONE_CORE = "{\"resources\": {\"cpu\": \"1\"}}";

    private static QueryServer server;

    @BeforeAll
    static void given_a_workspace_without_nodes() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void every_bad_field_is_named() {
        var answer = check("""
            {"resources": {"cpu": "two", "memory": "-1Gi", "storage": 10, "gpu": "1"},
             "node_selector": {"-": "x", "zone": "a b"},
             "tolerations": [{"key": "a", "operator": "Exists", "value": "x"}, {"value": "x"},
                             {"key": "a", "effect": "Never", "operator": "Is", "seconds": 1}],
             "replicas": 2}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
        assertThat(fields(answer))
                .containsExactlyInAnyOrder(
                        "resources.cpu invalid_format",
                        "resources.memory out_of_range",
                        "resources.storage invalid_type",
                        "resources.gpu unknown_field",
                        "node_selector.- invalid_format",
                        "node_selector.zone invalid_format",
                        "tolerations[0].value not_allowed",
                        "tolerations[1].operator required",
                        "tolerations[2].effect unknown_value",
                        "tolerations[2].operator unknown_value",
                        "tolerations[2].seconds unknown_field",
                        "replicas unknown_field");
    }

    @Test
    void what_is_needed_is_named() {
        assertThat(fields(check("{}"))).containsExactly("resources required");
        assertThat(fields(check("{\"resources\": null}"))).containsExactly("resources required");
        assertThat(fields(check("{\"resources\": {\"cpu\": null}}"))).containsExactly("resources.cpu invalid_type");
        assertThat(fields(check("[]"))).containsExactly("body invalid_type");
    }

    @Test
    void a_workspace_without_nodes_has_no_room_and_one_that_is_not_there_is_not_found() {
        assertThat(check(ONE_CORE).data().get("can_allocate").asBoolean()).isFalse();

        var absent = server.post(PATH.replace("ws-123", "ws-none"), server.token("ws-none", "viewer"), ONE_CORE);
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.body().at("/error/details/resource_type").asString()).isEqualTo("workspace");
    }

    @Test
    void whoever_may_read_the_workspace_may_ask_and_nobody_else() {
        assertThat(server.post(PATH, server.token("ws-123", "viewer"), ONE_CORE).status())
                .isEqualTo(200);
        assertThat(server.post(PATH, server.token("ws-other", "admin"), ONE_CORE)
                        .status())
                .isEqualTo(404);
        assertThat(server.get(PATH).status()).as("no node has that id").isEqualTo(404);
    }

    @Test
    void it_is_a_read_that_waits_for_a_write_of_ones_own() {
        var token = server.token("ws-123", "viewer");

        var answer = server.post(PATH, token, ONE_CORE, "X-Min-Event-Position", "nonsense");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(fields(answer)).containsExactly("X-Min-Event-Position malformed");
    }

    private static List<String> fields(Answer answer) {
        return answer.body()
                .at("/error/details/fields")
                .valueStream()
                .map(field ->
                        field.get("field").asString() + " " + field.get("code").asString())
                .toList();
    }

    private static Answer check(String json) {
        return server.post(PATH, server.token("ws-123", "admin"), json);
    }
}
