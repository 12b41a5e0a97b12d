package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a caller may rely on with every command to a node: labels, conditions, waiting, and who may do what. */
class NodeCommandsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNKNOWN = "node-00000000000000000000000000";

    private OwnedNodes nodes;

    @BeforeEach
    void clients() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void labelsAndTaintsReachKubernetesAndWhatOthersPutThereStays() throws Exception {
        // given
        var body = OwnedNodes.body();
        body.putObject("labels").put("team", "blue").put("stage", "test");
        body.set("taints", JSON.readTree("[{\"key\": \"dedicated\", \"value\": \"a\", \"effect\": \"NoSchedule\"}]"));
        String id = nodes.running(
                nodes.provision(body).expect("provision", 202).data().path("id").asString());
        nodes.providers()
                .kubernetes()
                .nodes()
                .withName(id + "-k8s")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"labels\": {\"others\": \"own\"}}}");
        taint(id, "others", "own");

        // when
        var accepted = patch(id, null, """
            {"labels": {"team": null, "tier": "gold"},
             "taints": [{"key": "dedicated", "value": "b", "effect": "NoSchedule"}]}\
            """);

        // then
        var ended = nodes.ended(OwnedNodes.operationOf(accepted.expect("relabel", 202)));
        assertThat(ended.path("status").asString()).isEqualTo("succeeded");
        assertThat(ended.path("type").asString()).isEqualTo("update");
        Node node = nodes.providers().kubernetesNodeOf(id).orElseThrow();
        assertThat(node.getMetadata().getLabels())
                .containsEntry("tier", "gold")
                .containsEntry("stage", "test")
                .containsEntry("others", "own")
                .doesNotContainKey("team");
        assertThat(node.getSpec().getTaints())
                .extracting(Taint::getKey, Taint::getValue)
                .contains(tuple("dedicated", "b"), tuple("others", "own"))
                .doesNotContain(tuple("dedicated", "a"));
        var shown = nodes.api().get(nodes.path(id)).data().path("kubernetes");
        assertThat(shown.path("labels").propertyNames())
                .contains("stage", "tier")
                .doesNotContain("team", "others");
        assertThat(shown.path("taints").path(0).path("value").asString()).isEqualTo("b");
        assertThat(nodes.status(id)).isEqualTo("running");

        // when nothing is to change
        var same = patch(id, null, "{\"labels\": {\"tier\": \"gold\"}}");

        // then
        assertThat(same.status()).isEqualTo(200);
        assertThat(nodes.operations(id)).hasSize(2);
    }

    @Test
    void everyCommandIsRefusedWithAStaleEntityTagAndDoneWithTheCurrentOne() throws Exception {
        String id = ReadyNodes.take(nodes);
        String stale = etag(id);
        nodes.ended(OwnedNodes.operationOf(patch(id, null, "{\"labels\": {\"c\": \"d\"}}")));
        for (String action : List.of("stop", "start", "reboot", "patch", "delete")) {
            // given
            String current = etag(id);
            assertThat(current).isNotEqualTo(stale);

            // when
            var refused = action.equals("patch")
                    ? patch(id, stale, "{\"labels\": {\"a\": \"b\"}}")
                    : nodes.ask(id, action, Map.of("If-Match", stale));
            var accepted = action.equals("patch")
                    ? patch(id, current, "{\"labels\": {\"a\": \"b\"}}")
                    : nodes.ask(id, action, Map.of("If-Match", current));

            // then
            assertThat(refused.status()).as(action).isEqualTo(412);
            assertThat(refused.errorCode()).isEqualTo("PRECONDITION_FAILED");
            var ended = nodes.ended(OwnedNodes.operationOf(accepted.expect(action, 202)));
            assertThat(ended.path("status").asString()).isEqualTo("succeeded");
            stale = current;
        }
        assertThat(nodes.status(id)).isEqualTo("deleted");
    }

    @Test
    void aCallerWhoPrefersToWaitIsToldHowItEnded() throws Exception {
        String id = ReadyNodes.take(nodes);
        for (String action : List.of("stop", "start", "reboot", "delete")) {
            var answer = nodes.ask(id, action, Map.of("Prefer", "wait=20")).expect(action, 202, 200);

            assertThat(answer.data().path("operation_status").asString())
                    .as(action)
                    .isEqualTo("succeeded");
            assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=20");
            assertThat(nodes.operation(OwnedNodes.operationOf(answer))
                            .path("status")
                            .asString())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void whatIsUnknownOrAnotherWorkspacesIsNotFound() throws Exception {
        String id = ReadyNodes.take(nodes);
        String operation = nodes.operations(id).getFirst().path("id").asString();
        try (var others = OwnedNodes.of(StandaloneServer.shared(), "ws-others", 100)) {
            for (String action : List.of("start", "stop", "reboot", "retry", "delete")) {
                assertNotFound(others.ask(id, action), "node", id);
                assertNotFound(nodes.ask(UNKNOWN, action), "node", UNKNOWN);
            }
            var change = Map.of("labels", Map.of("a", "b"));
            assertNotFound(others.api().call("PATCH", others.path(id), Map.of(), change), "node", id);
            assertNotFound(nodes.api().call("PATCH", nodes.path(UNKNOWN), Map.of(), change), "node", UNKNOWN);
            assertNotFound(others.cancel(operation), "operation", operation);
            assertNotFound(nodes.cancel("op-unknown"), "operation", "op-unknown");
        }
        assertThat(nodes.operations(id)).hasSize(1);
        assertThat(nodes.status(id)).isEqualTo("running");
    }

    @Test
    void viewersChangeNothingAndDevelopersOnlyWhatIsSwitched() throws Exception {
        String id = ReadyNodes.take(nodes);
        String provisioning = nodes.operations(id).getFirst().path("id").asString();
        try (var viewer = nodes.as("viewer");
                var developer = nodes.as("developer")) {
            for (String action : List.of("start", "stop", "reboot")) {
                assertDenied(post(viewer, nodes.path(id) + "/" + action), "nodes:power");
            }
            String stop = OwnedNodes.operationOf(
                    post(developer, nodes.path(id) + "/stop").expect("stop", 202));
            nodes.ended(stop);
            String start = OwnedNodes.operationOf(
                    post(developer, nodes.path(id) + "/start").expect("start", 202));
            assertDenied(cancel(viewer, start), "nodes:power");
            assertThat(cancel(developer, start).status()).isIn(202, 409);
            nodes.ended(start);
            for (Api caller : List.of(viewer, developer)) {
                assertDenied(caller.call("DELETE", nodes.path(id), Map.of(), null), "nodes:delete");
                assertDenied(
                        caller.call("PATCH", nodes.path(id), Map.of(), Map.of("labels", Map.of("a", "b"))),
                        "nodes:update");
                assertDenied(post(caller, nodes.path(id) + "/retry"), "nodes:provision");
            }
            assertDenied(cancel(developer, provisioning), "nodes:provision");
            String deletion = nodes.begin(id, "delete");
            assertDenied(cancel(developer, deletion), "nodes:delete");
            nodes.ended(deletion);
        }
        assertThat(nodes.operations(id)).hasSize(4);
    }

    private Answer patch(String id, @Nullable String ifMatch, String change) throws IOException {
        Map<String, String> headers = ifMatch == null ? Map.of() : Map.of("If-Match", ifMatch);
        JsonNode body = JSON.readTree(change);
        return nodes.api().call("PATCH", nodes.path(id), headers, body);
    }

    private void taint(String id, String key, String value) {
        await("the kubelet's and the cluster's own changes don't come between").until(() -> {
            Node node = nodes.providers().kubernetesNodeOf(id).orElseThrow();
            node.getSpec().getTaints().add(new Taint("PreferNoSchedule", key, null, value));
            return isTaken(node);
        });
    }

    /** False when somebody else has changed the node since it was read, which its resource version tells. */
    private boolean isTaken(Node node) {
        try {
            nodes.providers().kubernetes().resource(node).update();
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == 409) {
                return false;
            }
            throw refused;
        }
    }

    private String etag(String id) throws IOException {
        return nodes.api().get(nodes.path(id)).headers().firstValue("ETag").orElseThrow();
    }

    private static Answer post(Api caller, String path) throws IOException {
        return caller.call("POST", path, Map.of(), null);
    }

    private Answer cancel(Api caller, String operation) throws IOException {
        return post(caller, nodes.path() + "/operations/" + operation + "/cancel");
    }

    private static void assertNotFound(Answer answer, String type, String id) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.errorCode()).isEqualTo("RESOURCE_NOT_FOUND");
        var details = answer.body().path("error").path("details");
        assertThat(details.path("resource_type").asString()).isEqualTo(type);
        assertThat(details.path("resource_id").asString()).isEqualTo(id);
    }

    private static void assertDenied(Answer answer, String permission) {
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("AUTH_PERMISSION_DENIED");
        assertThat(answer.body()
                        .path("error")
                        .path("details")
                        .path("required_permission")
                        .asString())
                .isEqualTo(permission);
    }
}
