package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node's life through the real path: REST, events, saga, activities, both providers, projections, REST. */
class NodeLifeTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aNodeIsProvisionedAndDeletedWithoutATrace() throws Exception {
        var server = StandaloneServer.shared();
        try (var api = server.as(StandaloneServer.WORKSPACE, "admin");
                var providers = new Providers(server.runtime(), "us-west-2")) {
            // given
            var provisioned = api.post(NODES, contractBody("prod-node-1"))
                    .expect("provision", 202)
                    .data();
            String id = provisioned.path("id").asString();

            // when
            var node = awaitRunning(api, id);

            // then
            assertThat(node.path("kubernetes").path("ready").asBoolean(false)).isTrue();
            assertThat(node.path("kubernetes").path("node_name").asString()).isEqualTo(id + "-k8s");
            assertThat(node.path("kubernetes")
                            .path("labels")
                            .path("environment")
                            .asString())
                    .isEqualTo("production");
            assertThat(node.path("network").path("hostname").asString()).isEqualTo(id + ".internal");
            assertThat(providers.machinesOf(id)).hasSize(1);
            assertThat(providers.kubernetesNodesOf(id)).containsExactly(id + "-k8s");
            await().atMost(PATIENCE).untilAsserted(() -> {
                var status = api.get(NODES + "/" + id + "/status").data();
                assertThat(status.path("health").asString("")).isEqualTo("healthy");
                assertThat(status.path("uptime_seconds").isNumber()).isTrue();
            });

            // when
            api.delete(NODES + "/" + id).expect("delete", 202);

            // then
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(api.get(NODES + "/" + id).status()).isEqualTo(404));
            assertThat(providers.machinesOf(id)).isEmpty();
            assertThat(providers.kubernetesNodesOf(id)).isEmpty();
        }
    }

    @Test
    void aStopInTheMiddleIsGoneOnFromAtTheNextStart() throws Exception {
        try (var server = StandaloneServer.own(0.2)) {
            String id;
            try (var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
                // given
                id = api.post(NODES, contractBody("half-made"))
                        .expect("provision", 202)
                        .data()
                        .path("id")
                        .asString();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(stepsEnded(api, id)).isPositive());
            }

            // when
            server.restart();

            // then
            try (var api = server.as(StandaloneServer.WORKSPACE, "admin");
                    var providers = new Providers(server.runtime(), "us-west-2")) {
                awaitRunning(api, id);
                assertThat(providers.machinesOf(id)).hasSize(1);
            }
        }
    }

    private static JsonNode awaitRunning(Api api, String id) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                api.get(NODES + "/" + id).data().path("status").asString(""))
                        .isEqualTo("running"));
        try {
            return api.get(NODES + "/" + id).data();
        } catch (IOException unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }

    private static long stepsEnded(Api api, String id) throws IOException {
        var operations = api.get(NODES + "/" + id + "/operations").data();
        return operations
                .path(0)
                .path("steps")
                .valueStream()
                .filter(step -> step.path("finished_at").isString())
                .count();
    }

    /** The contract's own request. */
    private static JsonNode contractBody(String name) {
        return JSON.readTree("""
                {
                  "name": "%s",
                  "plan_id": "plan-dedicated-4c8g",
                  "region": "us-west-2",
                  "labels": {"environment": "production", "team": "backend"},
                  "taints": [{"key": "dedicated", "value": "backend", "effect": "NoSchedule"}],
                  "auto_scaling": {"enabled": false}
                }
                """.formatted(name));
    }
}
