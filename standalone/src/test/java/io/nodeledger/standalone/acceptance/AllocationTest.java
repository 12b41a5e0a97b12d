package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Room on a node, as the API tells and as the cluster's own scheduler then finds it. */
@Isolated
class AllocationTest {
    private static final String WORKSPACE = "ws-room";
    private static final int CREDITS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final JsonMapper JSON = new JsonMapper();

    private OwnedNodes nodes;
    private Tenant tenant;
    private String id;

    @BeforeEach
    void aNodeOfItsOwn() throws Exception {
        nodes = OwnedNodes.of(StandaloneServer.shared(), WORKSPACE, CREDITS);
        var body = OwnedNodes.body();
        body.set(
                "taints", JSON.readTree("[{\"key\": \"dedicated\", \"value\": \"room\", \"effect\": \"NoSchedule\"}]"));
        id = nodes.running(
                nodes.provision(body).expect("provision", 202).data().path("id").asString());
        tenant = new Tenant(nodes.providers().kubernetes(), WORKSPACE);
    }

    @AfterEach
    void close() throws Exception {
        tenant.close();
        nodes.ask(id, "delete?force=true");
        nodes.close();
    }

    @Test
    void whatTheApiSaysFitsIsPlacedByTheSchedulerAndWhatItSaysDoesNotIsNot() throws Exception {
        // given
        assertThat(tenant.deploy("room", 3, "250m")).isEqualTo("room");
        // The cluster's own workload tolerates every such taint and may have moved here.
        await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .untilAsserted(() -> assertThat(nodes.api()
                                .get(nodes.path(id))
                                .data()
                                .path("applications")
                                .valueStream()
                                .map(JsonNode::toString))
                        .contains("{\"id\":\"default/room\",\"name\":\"room\",\"pods\":3}"));
        long left = tenant.milliCpuLeftOn(id + "-k8s");

        // when
        var fits = check(left, true);
        var doesNot = check(left + 1, true);
        var repelled = check(1, false);

        // then
        assertThat(fits.path("can_allocate").asBoolean()).isTrue();
        var available = fits.path("available_nodes").path(0);
        assertThat(available.path("node_id").asString()).isEqualTo(id);
        assertThat(available.path("available_cpu").asString()).isEqualTo(tenths(left / 100));
        assertThat(doesNot.path("can_allocate").asBoolean()).isFalse();
        assertThat(repelled.path("can_allocate").asBoolean()).isFalse();

        // when
        tenant.pod("too-large", left + 1);
        tenant.pod("fitting", left);

        // then
        await().atMost(PATIENCE).pollInterval(PAUSE).untilAsserted(() -> {
            assertThat(tenant.find("fitting").getSpec().getNodeName()).isEqualTo(id + "-k8s");
            assertThat(reasons(tenant.find("too-large"))).contains("Unschedulable");
        });
        await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .untilAsserted(
                        () -> assertThat(check(1, true).path("can_allocate").asBoolean(true))
                                .isFalse());
    }

    private JsonNode check(long milliCpu, boolean tolerating) throws IOException {
        var toleration = Map.of("key", "dedicated", "operator", "Equal", "value", "room", "effect", "NoSchedule");
        return nodes.api()
                .post(
                        nodes.path() + "/check-allocation",
                        Map.of(
                                "resources", Map.of("cpu", milliCpu + "m"),
                                "node_selector", Map.of("workspace", WORKSPACE),
                                "tolerations", tolerating ? List.of(toleration) : List.of()))
                .expect("check allocation", 200)
                .data();
    }

    private static String tenths(long count) {
        return BigDecimal.valueOf(count, 1).stripTrailingZeros().toPlainString();
    }

    private static List<String> reasons(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .map(condition -> String.valueOf(condition.getReason()))
                .toList();
    }
}
