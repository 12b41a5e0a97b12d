package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Nodes of a workspace of the shared server, as their owner handles them, and what the providers have of them. */
final class OwnedNodes implements AutoCloseable {
    static final String REGION = "us-west-2";
    /** A clone that was called off before its answer is waited for a minute long. */
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    private static final JsonMapper JSON = new JsonMapper();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final StandaloneServer server;
    private final String workspace;
    private final Api api;
    private final Providers providers;

    OwnedNodes(StandaloneServer server, String workspace) {
        this.server = server;
        this.workspace = workspace;
        api = server.as(workspace, "admin");
        providers = new Providers(server.runtime(), REGION);
    }

    /** Nodes of the workspace that tests of lives share. */
    static OwnedNodes ofSharedServer() throws IOException {
        return of(StandaloneServer.shared(), "ws-life", 100_000);
    }

    /** Nodes of a workspace of their own, which is made with the credits if it isn't there. */
    static OwnedNodes of(StandaloneServer server, String workspace, int credits) throws IOException {
        try (var operator = server.asOperator()) {
            String path = "/api/v1/admin/workspaces/" + workspace;
            var made = operator.put(path, Map.of("plan", "enterprise", "region", REGION))
                    .expect("make " + workspace, 200, 201);
            if (made.status() == 201) {
                operator.post(path + "/credits", Map.of("amount", credits)).expect("credit " + workspace, 200, 201);
            }
        }
        return new OwnedNodes(server, workspace);
    }

    Api api() {
        return api;
    }

    Providers providers() {
        return providers;
    }

    /** The path of the workspace's nodes. */
    String path() {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    String path(String id) {
        return path() + "/" + id;
    }

    /** Asks for a node and answers its id, when it has not come far yet. */
    String provision() throws IOException {
        return idOf(provision(body()));
    }

    static String idOf(Answer provisioned) {
        return provisioned.expect("provision", 202).data().path("id").asString();
    }

    Answer provision(JsonNode body) throws IOException {
        return api.post(path(), body);
    }

    /** A request for a small node under a name of its own. */
    static ObjectNode body() {
        return JSON.createObjectNode()
                .put("name", "life-" + MADE.incrementAndGet())
                .put("plan_id", "plan-dedicated-2c4g")
                .put("region", REGION);
    }

    String running() throws IOException {
        return running(provision());
    }

    String running(String id) {
        awaitStatus(id, "running");
        return id;
    }

    String stopped() throws IOException {
        String id = running();
        succeeds(id, "stop");
        return id;
    }

    /** Asks for an action on a node, {@code delete} or the last part of a path. */
    Answer ask(String id, String action, Map<String, String> headers) throws IOException {
        return action.startsWith("delete")
                ? api.call("DELETE", path(id) + action.substring("delete".length()), headers, null)
                : api.call("POST", path(id) + "/" + action, headers, null);
    }

    Answer ask(String id, String action) throws IOException {
        return ask(id, action, Map.of());
    }

    Answer cancel(String operationId) throws IOException {
        return api.call("POST", path() + "/operations/" + operationId + "/cancel", Map.of(), null);
    }

    /** Begins an action and answers its operation's id. */
    String begin(String id, String action) throws IOException {
        return operationOf(ask(id, action).expect(action + " " + id, 202));
    }

    static String operationOf(Answer accepted) {
        var data = accepted.data();
        return data.path("operation_id").asString(data.path("task_id").asString(""));
    }

    void succeeds(String id, String action) throws IOException {
        var operation = ended(begin(id, action));
        assertThat(operation.path("status").asString()).as("%s", operation).isEqualTo("succeeded");
    }

    /** The operation once it has ended. Who did not ask for it may read a moment later that it is there. */
    JsonNode ended(String operationId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> api.get(path() + "/operations/" + operationId).data(),
                        operation -> operation.path("finished_at").isString());
    }

    JsonNode operation(String operationId) throws IOException {
        return api.get(path() + "/operations/" + operationId)
                .expect("read " + operationId, 200)
                .data();
    }

    /** The node's operations, the youngest first. */
    List<JsonNode> operations(String id) throws IOException {
        return api.get(path(id) + "/operations").data().valueStream().toList();
    }

    static JsonNode step(JsonNode operation, String step) {
        return operation
                .path("steps")
                .valueStream()
                .filter(one -> one.path("step").asString().equals(step))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No step " + step + " in " + operation));
    }

    /** {@code deleted} when there is no such node any more. */
    String status(String id) throws IOException {
        var answer = api.get(path(id));
        return answer.status() == 404
                ? "deleted"
                : answer.expect("read " + id, 200).data().path("status").asString();
    }

    void awaitStatus(String id, String status) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(status(id)).isEqualTo(status));
    }

    int machineOf(String id) throws Exception {
        return providers.machineIdsOf(id).getFirst();
    }

    /** What the API says of a node is what its providers have, and nothing is left of one that is gone. */
    void fitsItsProviders(String id) throws Exception {
        switch (status(id)) {
            case "running" -> {
                assertThat(providers.powerOf(id)).isEqualTo("running");
                assertThat(providers.isOpen(id)).as("%s takes new pods", id).isTrue();
            }
            case "stopped" -> {
                assertThat(providers.powerOf(id)).isEqualTo("stopped");
                assertThat(providers.isOpen(id)).as("%s takes new pods", id).isFalse();
            }
            case "deleted" -> {
                assertThat(providers.machinesOf(id)).isEmpty();
                assertThat(providers.kubernetesNodesOf(id)).isEmpty();
            }
            default -> throw new AssertionError(id + " is " + status(id));
        }
    }

    /** Another caller of the same workspace. */
    Api as(String role) {
        return server.as(workspace, role);
    }

    @Override
    public void close() {
        providers.close();
        api.close();
    }
}
