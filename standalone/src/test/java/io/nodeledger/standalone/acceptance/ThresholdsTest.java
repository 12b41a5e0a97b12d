package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Thresholds of a workspace and of its nodes: simulated machines always use some 30 to 45 percent of their memory. */
class ThresholdsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LOW = "{'memory': {'percentage': 10, 'for_seconds': 1}}";
    private static final String HIGH = "{'memory': {'percentage': 95.5, 'for_seconds': 1}}";

    private OwnedNodes nodes;

    @BeforeEach
    void aWorkspace() throws Exception {
        nodes = OwnedNodes.of(StandaloneServer.shared(), "ws-thresholds", 100_000);
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anIncidentBeginsUnderALowThresholdAndEndsUnderARaisedOne() throws Exception {
        // given
        String id = nodes.running();
        assertThat(memory(nodes.path(id)).path("source").asString()).isEqualTo("installation");

        // when
        put(nodes.path(id), LOW).expect("lower the threshold", 200);

        // then
        await().atMost(PATIENCE).until(() -> told(id).size() == 1);
        put(nodes.path(id), HIGH).expect("raise the threshold", 200);
        await().atMost(PATIENCE).until(() -> told(id).size() == 2);
        assertThat(told(id))
                .extracting(entry -> entry.path("type").asString())
                .containsExactly("node.resource_threshold_exceeded", "node.resource_threshold_cleared");
        assertThat(told(id).getFirst().path("data").path("threshold").asDouble())
                .isEqualTo(10);
        assertThat(entries(id, "node.thresholds_changed")).hasSize(2);
        assertThat(nodes.api().get(nodes.path(id) + "/events?limit=200").data().findValuesAsString("reason"))
                .contains("ResourceThresholdExceeded", "ResourceThresholdCleared", "NodeThresholdsChanged");
    }

    @Test
    void whatTheWorkspaceSetsCountsForNodesThatSetNothing() throws Exception {
        // given
        String own = nodes.running();
        String plain = nodes.running();
        put(nodes.path(own), HIGH).expect("set the node's", 200);

        // when
        put(nodes.path(), LOW).expect("set the workspace's", 200);

        // then
        assertThat(memory(nodes.path(plain)).path("source").asString()).isEqualTo("workspace");
        assertThat(memory(nodes.path(own)).path("percentage").asDouble()).isEqualTo(95.5);
        await().atMost(PATIENCE).until(() -> told(plain).size() == 1);
        put(nodes.path(), HIGH).expect("raise the workspace's", 200);
        await().atMost(PATIENCE).until(() -> told(plain).size() == 2);
        assertThat(told(own)).isEmpty();
        put(nodes.path(), "{}").expect("leave it to the installation", 200);
        assertThat(memory(nodes.path(plain)).path("source").asString()).isEqualTo("installation");
    }

    @Test
    void theSameAgainIsNoEventAndAStaleEntityTagIsRefused() throws Exception {
        // given
        String id = nodes.running();
        String stale = etag(id);
        put(nodes.path(id), HIGH).expect("set", 200);
        String current = etag(id);
        assertThat(current).isNotEqualTo(stale);

        // when
        var same = put(nodes.path(id), HIGH);
        var refused = put(nodes.path(id), LOW, Map.of("If-Match", stale));
        var accepted = put(nodes.path(id), "{}", Map.of("If-Match", current));

        // then
        assertThat(same.status()).isEqualTo(200);
        assertThat(same.data().toString()).isEqualTo("{\"memory\":{\"percentage\":95.5,\"for_seconds\":1}}");
        assertThat(refused.status()).isEqualTo(412);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(entries(id, "node.thresholds_changed")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'cpu': {'percentage': 0.9, 'for_seconds': 1}}     | cpu.percentage",
                "{'cpu': {'percentage': 100.1, 'for_seconds': 1}}   | cpu.percentage",
                "{'cpu': {'percentage': 50.25, 'for_seconds': 1}}   | cpu.percentage",
                "{'cpu': {'percentage': '50', 'for_seconds': 1}}    | cpu.percentage",
                "{'memory': {'percentage': 50, 'for_seconds': -1}}  | memory.for_seconds",
                "{'memory': {'percentage': 50, 'for_seconds': 86401}} | memory.for_seconds",
                "{'memory': {'percentage': 50}}                     | memory.for_seconds",
                "{'storage': null}                                  | storage",
                "{'disk': {'percentage': 50, 'for_seconds': 1}}     | disk",
                "{'cpu': {'percentage': 50, 'for_seconds': 1, 'source': 'node'}} | cpu.source",
            })
    void whatIsNoThresholdIsRefusedByItsName(String body, String field) throws Exception {
        var answer = put(nodes.path(), body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("VALIDATION_ERROR");
        assertThat(answer.body()
                        .path("error")
                        .path("details")
                        .path("fields")
                        .path(0)
                        .path("field")
                        .asString())
                .isEqualTo(field);
    }

    @Test
    void onlyAnAdminSetsThemAndOnlyOfWhatExists() throws Exception {
        var unknown = nodes.path("node-00000000000000000000000000");
        try (var developer = nodes.as("developer")) {
            assertThat(developer.get(nodes.path() + "/thresholds").status()).isEqualTo(200);
            assertThat(developer.put(nodes.path() + "/thresholds", Map.of()).errorCode())
                    .isEqualTo("AUTH_PERMISSION_DENIED");
            assertThat(developer.put(unknown + "/thresholds", Map.of()).errorCode())
                    .isEqualTo("AUTH_PERMISSION_DENIED");
        }
        assertThat(put(unknown, LOW).errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(put(nodes.path("thresholds"), LOW).errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(nodes.api().get(nodes.path() + "/operations/thresholds").errorCode())
                .as("an operation of that name, not a node's thresholds")
                .isEqualTo("RESOURCE_NOT_FOUND");
        String id = nodes.provision();
        nodes.succeeds(id, "delete?force=true");
        assertThat(put(nodes.path(id), LOW).errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(nodes.api().get(nodes.path(id) + "/thresholds").status()).isEqualTo(404);
    }

    private Answer put(String path, String body) throws IOException {
        return put(path, body, Map.of());
    }

    /** The body has apostrophes for quotation marks. */
    private Answer put(String path, String body, Map<String, String> headers) throws IOException {
        return nodes.api().call("PUT", path + "/thresholds", headers, JSON.readTree(body.replace('\'', '"')));
    }

    private JsonNode memory(String path) throws IOException {
        return nodes.api().get(path + "/thresholds").expect("read", 200).data().path("memory");
    }

    private String etag(String id) throws IOException {
        return nodes.api().get(nodes.path(id)).headers().firstValue("ETag").orElseThrow();
    }

    private List<JsonNode> told(String id) throws IOException {
        return entries(id, "node.resource_threshold_");
    }

    private List<JsonNode> entries(String id, String type) throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/audit?limit=200")
                .data()
                .valueStream()
                .filter(entry -> entry.path("type").asString().startsWith(type))
                .toList();
    }
}
