package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A kubelet that falls silent is told once, and once that it is back. */
class HealthIncidentsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private OwnedNodes nodes;
    private SimulatorControl control;

    @BeforeEach
    void clients() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
        control = new SimulatorControl(StandaloneServer.shared().runtime(), OwnedNodes.REGION);
    }

    @AfterEach
    void close() throws IOException {
        control.close();
        nodes.close();
    }

    @Test
    void anIncidentIsToldOnceAndSoIsItsEnd() throws Exception {
        String id = nodes.running();
        var tag = nodes.api().get(nodes.path(id)).headers().firstValue("ETag");

        control.silence(id + "-k8s");
        await().atMost(PATIENCE).until(() -> health(id).size() == 1);
        control.wake(id + "-k8s");
        await().atMost(PATIENCE).until(() -> health(id).size() == 2);

        assertThat(health(id))
                .extracting(entry -> entry.path("type").asString())
                .containsExactly("node.health_check_failed", "node.health_recovered");
        assertThat(health(id).getFirst().path("actor").path("id").asString()).isEqualTo("health-check");
        assertThat(health(id).getFirst().path("after").path("status").asString())
                .isEqualTo("running");
        assertThat(nodes.api().get(nodes.path(id)).headers().firstValue("ETag"))
                .as("health is no version of the node")
                .isEqualTo(tag);
    }

    private List<JsonNode> health(String id) throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/audit?limit=200")
                .data()
                .valueStream()
                .filter(entry -> entry.path("type").asString().startsWith("node.health"))
                .toList();
    }
}
