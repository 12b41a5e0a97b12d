package io.nodeledger.query.events;

import static io.nodeledger.query.events.EventServer.NODES;
import static io.nodeledger.query.events.EventServer.node;
import static io.nodeledger.query.events.EventServer.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a node's cluster and the platform tell of it, as one list. */
class EventsHttpTest {
    private static EventServer server;

    @BeforeAll
    static void given_nodes_with_a_history() {
        server = new EventServer();
        server.append(node("node-1").provision().succeed());
        server.append(node("node-2").provision().failed(Step.CLONE).provisioningFailed(Step.CLONE));
        server.append(
                node("node-3").provision().succeed().delete(NodeStatus.RUNNING).gone());
        assertThat(server.reasons("node-1", ""))
                .as("before the other service has ever started")
                .containsExactly("NodeProvisioned", "NodeProvisioning");
        server.makeTable();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void nothing_is_told() {
        server.forgetAll();
    }

    @Test
    void an_event_of_the_cluster_and_one_of_the_platform_show_the_documented_fields() {
        server.tell("node-1", "a", "Warning", "kernel-monitor", "2024-01-20T14:30:00Z");
        server.repeat("a", "2024-01-20T14:45:00Z");

        var data = server.http().get(path("node-1")).data();

        assertThat(data.get(0).toString())
                .isEqualTo("{\"type\":\"Warning\",\"reason\":\"Reasona\",\"message\":\"message of a\","
                        + "\"source\":\"kernel-monitor\",\"first_timestamp\":\"2024-01-20T14:30:00Z\","
                        + "\"last_timestamp\":\"2024-01-20T14:45:00Z\",\"count\":2}");
        assertThat(data.get(2).toString())
                .isEqualTo("{\"type\":\"Normal\",\"reason\":\"NodeProvisioning\","
                        + "\"message\":\"Provisioning of name-of-node-1 in us-west-2 began\","
                        + "\"source\":\"node-controller\",\"first_timestamp\":\"2024-01-20T10:00:00Z\","
                        + "\"last_timestamp\":\"2024-01-20T10:00:00Z\",\"count\":1}");
    }

    @Test
    void both_are_one_list_with_the_newest_first() {
        server.tell("node-1", "b", "Normal", "kubelet", "2024-01-20T10:00:05Z");
        server.tell("node-1", "a", "Normal", "kubelet", "2024-01-20T10:00:00Z");
        server.tell("node-1", "c", "Normal", "kubelet", "2024-01-20T11:00:00Z");

        assertThat(server.reasons("node-1", ""))
                .containsExactly("Reasonc", "NodeProvisioned", "Reasonb", "NodeProvisioning", "Reasona");
    }

    @Test
    void a_failure_is_a_warning_that_says_why() {
        var failed = server.http().get(path("node-2")).data().get(0);

        assertThat(failed.get("type").asString()).isEqualTo("Warning");
        assertThat(failed.get("reason").asString()).isEqualTo("NodeProvisioningFailed");
        assertThat(failed.get("message").asString())
                .isEqualTo("Provisioning failed at the step 'clone': no template (TEMPLATE_MISSING)");
    }

    @ParameterizedTest
    @CsvSource({
        "?type=Warning, Reasona",
        "?type=Normal, Reasonb NodeProvisioned NodeProvisioning",
        "?source=kubelet, Reasonb Reasona",
        "?source=node-controller, NodeProvisioned NodeProvisioning",
        "?source=node-controller&type=Warning, ''",
        "?source=nobody, ''",
        "?source=kubelet&type=Warning, Reasona",
        "?since=2024-01-20T10:30:00Z, Reasonb Reasona",
        "?since=2024-01-20T11:30:00%2B01:00, Reasonb Reasona",
        "?since=2024-01-20T10:00:01Z, Reasonb Reasona NodeProvisioned",
        "?since=999999d, Reasonb Reasona NodeProvisioned NodeProvisioning",
        "?since=0001-01-01T00:00:00Z, Reasonb Reasona NodeProvisioned NodeProvisioning",
        "?since=9999-12-31T23:59:59Z, ''",
        "?since=30m, ''",
    })
    void filters_narrow_the_list(String query, String expected) {
        server.tell("node-1", "a", "Warning", "kubelet", "2024-01-20T11:00:00Z");
        server.tell("node-1", "b", "Normal", "kubelet", "2024-01-20T12:00:00Z");

        assertThat(String.join(" ", server.reasons("node-1", query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"?since=30m, b", "?since=24h, b a", "?since=7d, c b a", "?since=60s, ''"})
    void a_duration_reaches_back_from_now(String query, String expected) {
        Instant now = Instant.now();
        server.tell(
                "node-1",
                "a",
                "Normal",
                "kubelet",
                now.minus(Duration.ofHours(23)).toString());
        server.tell(
                "node-1",
                "b",
                "Normal",
                "kubelet",
                now.minus(Duration.ofMinutes(29)).toString());
        server.tell(
                "node-1",
                "c",
                "Normal",
                "kubelet",
                now.minus(Duration.ofDays(6)).toString());

        assertThat(server.reasons("node-1", query))
                .containsExactlyInAnyOrder(
                        expected.isEmpty()
                                ? new String[0]
                                : expected.replaceAll("(\\w)", "Reason$1").split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({
        "type=warning, type, unknown_value",
        "type=Normal%2CWarning, type, unknown_value",
        "type=, type, empty",
        "source=, source, empty",
        "since=, since, empty",
        "since=30, since, malformed",
        "since=0m, since, malformed",
        "since=30w, since, malformed",
        "since=-30m, since, malformed",
        "since=2024-01-20, since, malformed",
        "since=%2B999999999-01-01T00:00:00Z, since, malformed",
        "limit=0, limit, out_of_range",
        "limit=201, limit, out_of_range",
        "cursor=abc, cursor, malformed",
    })
    void what_is_not_understood_is_refused(String query, String field, String code) {
        var answer = server.http().get(path("node-1") + "?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asString()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.body().at("/error/details/fields/0/field").asString()).isEqualTo(field);
        assertThat(answer.body().at("/error/details/fields/0/code").asString()).isEqualTo(code);
    }

    @Test
    void a_node_that_is_gone_keeps_its_events() {
        server.tell("node-3", "a", "Normal", "node-controller", "2024-01-20T10:00:30Z");

        assertThat(server.reasons("node-3", "").subList(0, 3)).contains("NodeDeleted", "Reasona");
        assertThat(server.http().get(NODES + "/node-3").status()).isEqualTo(404);
    }

    @Test
    void a_node_of_the_same_name_in_another_region_is_another_node() {
        server.tell("eu-west-1", "node-1", "a", "Normal", "kubelet", "2024-01-20T11:00:00Z");

        assertThat(server.reasons("node-1", "?source=kubelet")).isEmpty();
    }

    @Test
    void a_node_that_never_was_is_not_found() {
        server.tell("node-none", "a", "Normal", "kubelet", "2024-01-20T11:00:00Z");

        var answer = server.http().get(path("node-none"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().at("/error/details").toString())
                .isEqualTo("{\"resource_type\":\"node\",\"resource_id\":\"node-none\"}");
    }

    @Test
    void every_reader_of_the_workspace_sees_it_and_nobody_else() {
        var http = server.http();
        var path = path("node-1");

        assertThat(http.get(path, http.token("ws-123", "viewer")).status()).isEqualTo(200);
        assertThat(http.get(path, http.token("ws-other", "admin")).status()).isEqualTo(404);
        assertThat(http.get(path.replace("ws-123", "ws-other"), http.token("ws-other", "admin"))
                        .status())
                .isEqualTo(404);
        assertThat(http.getWithoutToken(path).status()).isEqualTo(401);
    }
}
