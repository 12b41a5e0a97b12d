package io.nodeledger.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The contract's examples of what a dashboard reads, field for field, as the whole product answers them for the contract's
 * own node. Only what the world decides (ids, moments, loads) is held to its kind instead of its value.
 */
class ContractExamplesTest {
    private static final String WORKSPACE = "ws-123";
    private static final int CREDITS = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final JsonMapper JSON = JsonMapper.shared();

    private static OwnedNodes nodes;
    private static Tenant tenant;
    private static String id;
    private static JsonNode accepted;

    @BeforeAll
    static void theContractsNode() throws Exception {
        nodes = OwnedNodes.of(StandaloneServer.shared(), WORKSPACE, CREDITS);
        accepted = nodes.provision(JSON.readTree("""
                        {
                          "name": "prod-node-1",
                          "plan_id": "plan-dedicated-4c8g",
                          "region": "us-west-2",
                          "labels": {"environment": "production", "team": "backend"},
                          "taints": [{"key": "dedicated", "value": "backend", "effect": "NoSchedule"}],
                          "auto_scaling": {"enabled": false}
                        }""")).expect("provision", 202).data();
        id = nodes.running(accepted.path("id").asString());
        tenant = new Tenant(nodes.providers().kubernetes(), WORKSPACE);
        tenant.deploy("backend-api", 3, "250m");
    }

    @AfterAll
    static void leave() throws Exception {
        tenant.close();
        nodes.ask(id, "delete?force=true");
        nodes.close();
    }

    @Test
    void provision() {
        example("provision").isReproducedBy(accepted);
    }

    @Test
    void listNodes() {
        reproduced("", Answer::body, "list-nodes");
    }

    @Test
    void getNode() {
        reproduced("/" + id, answer -> withoutTheDemo(answer.data()), "get-node");
    }

    @Test
    void status() {
        reproduced("/" + id + "/status", Answer::data, "node-status");
    }

    @Test
    void metrics() {
        reproduced("/" + id + "/metrics", Answer::data, "node-metrics");
    }

    @Test
    void events() {
        kernelMonitorReports(nodes.providers().kubernetes());

        reproduced("/" + id + "/events?source=kubelet", answer -> of(answer, "NodeReady"), "event-of-kubelet");
        reproduced("/" + id + "/events?type=Warning", answer -> of(answer, "SystemOOM"), "event-of-kernel-monitor");
    }

    @Test
    void usage() {
        reproduced("/usage", Answer::data, "usage");
    }

    @Test
    void checkAllocation() throws IOException {
        var answer = nodes.api()
                .post(nodes.path() + "/check-allocation", JSON.readTree("""
                        {
                          "resources": {"cpu": "2", "memory": "4Gi", "storage": "10Gi"},
                          "node_selector": {"node-type": "dedicated"},
                          "tolerations": [
                            {"key": "dedicated", "operator": "Equal", "value": "backend", "effect": "NoSchedule"}
                          ]
                        }"""))
                .expect("check allocation", 200);

        example("check-allocation").isReproducedBy(answer.data());
    }

    /** A month before there is to compare with, {@code trends} has its {@code percentage_change}, too. */
    @Test
    void costs() {
        reproduced("/costs", Answer::data, "costs");
    }

    private static void reproduced(String path, Function<Answer, JsonNode> part, String example) {
        await().atMost(PATIENCE)
                .pollInterval(PAUSE)
                .untilAsserted(() -> example(example)
                        .isReproducedBy(
                                part.apply(nodes.api().get(nodes.path() + path).expect("read " + path, 200))));
    }

    /** The simulated cluster has a workload of its own, of which a pod comes to every node sooner or later. */
    private static JsonNode withoutTheDemo(JsonNode node) {
        var own = JSON.createArrayNode();
        node.path("applications")
                .valueStream()
                .filter(application -> !application.path("id").asString().startsWith("demo/"))
                .forEach(own::add);
        return ((ObjectNode) node.deepCopy()).set("applications", own);
    }

    private static ContractExample example(String name) {
        return ContractExample.named(name, id);
    }

    private static JsonNode of(Answer answer, String reason) {
        return answer.data()
                .valueStream()
                .filter(event -> event.path("reason").asString().equals(reason))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + reason + " in " + answer.body()));
    }

    /** What the node problem detector of a machine writes when its kernel had to kill something. */
    private static void kernelMonitorReports(KubernetesClient kubernetes) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var node = kubernetes.nodes().withName(id + "-k8s").get();
        kubernetes
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(id + "-k8s.oom")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(node.getMetadata().getName())
                        .withUid(node.getMetadata().getName())
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("SystemOOM")
                        .withMessage("System OOM encountered, temporarily evicting pods")
                        .withNewSource()
                        .withComponent("kernel-monitor")
                        .withHost(node.getMetadata().getName())
                        .endSource()
                        .withFirstTimestamp(now)
                        .withLastTimestamp(now)
                        .withCount(1)
                        .build())
                .create();
    }
}
