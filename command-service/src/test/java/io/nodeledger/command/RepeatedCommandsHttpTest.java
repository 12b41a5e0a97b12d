package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.operation.Step;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** A repeated request gets its first answer, whatever has become of nodes, plans and regions meanwhile (rulings 15). */
class RepeatedCommandsHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-1/nodes";
    private static final String WORKSPACE = "/api/v1/admin/workspaces/ws-1";
    private static final String TRANSITION = "/api/v1/workspaces/{wsId}/nodes/transition";
    private static final KubernetesFacts FACTS = new KubernetesFacts(
            "a-node", "a-uid", Map.of(), Map.of(), "a-kernel", "an-image", "a-runtime", "a-kubelet");

    /** A request with a key, and the answer that it got first. */
    private record Kept(Call call, HttpResponse<String> answer) {}

    @FunctionalInterface
    private interface Call {
        HttpResponse<String> by(RunningWriteDoor door) throws Exception;
    }

    @TempDir
    Path folder;

    private Path file;
    private RunningWriteDoor door;
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("catalogue.yaml"), TestPlans.file("plan-old", "0.10", ""));
        door = RunningWriteDoor.start(
                "--nodeledger.catalogue.file=" + file, "--nodeledger.catalogue.reload-every=20ms");
        for (String workspace : List.of(WORKSPACE, WORKSPACE.replace("ws-1", "ws-2"))) {
            door.operator().put(workspace, "{\"plan\":\"enterprise\",\"region\":\"us-west-2\"}");
            door.operator().post(workspace + "/credits", "{\"amount\":100000}");
        }
        door.sql().sql("""
                        CREATE TABLE provisioner.reconciled_region (
                          region text PRIMARY KEY, breaker_reason text, held_back int NOT NULL DEFAULT 0,
                          accepted_changes int, accepted_at timestamptz, accepted_by text, accepted_request text);
                        INSERT INTO provisioner.reconciled_region (region, breaker_reason, held_back)
                        VALUES ('us-west-2', '40 changes at once', 40)""").update();
    }

    @AfterEach
    void stop() {
        door.close();
    }

    @Test
    void every_route_that_takes_a_key_answers_a_repeat_as_before_in_a_changed_world() throws Exception {
        // given
        commandEverything();
        assertThat(kept.keySet()).isEqualTo(routesWithKeys());

        // when
        offer(TestPlans.file("plan-new", "0.20", "").replace("us-west-2", "mars-1"), "plan-new");
        door.sql().sql("TRUNCATE provisioner.reconciled_region").update();
        suspend();

        // then
        assertAllRepeatedAt(door);
        try (var restarted = door.another("--nodeledger.catalogue.file=" + file)) {
            assertAllRepeatedAt(restarted);
        }
    }

    @Test
    void a_plan_that_has_gone_is_still_refused_to_other_keys_and_other_wishes() throws Exception {
        var wish = wish("first", "plan-old");
        var first = keyed("k").post(NODES, wish);

        offer(TestPlans.file("plan-new", "0.20", ""), "plan-new");

        assertThat(keyed("k").post(NODES, wish).body()).isEqualTo(first.body());
        assertThat(fields(keyed("another").post(NODES, wish("second", "plan-old"))))
                .containsExactly("plan_id not_found");
        assertThat(code(keyed("k").post(NODES, wish("second", "plan-old")))).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void what_was_not_on_offer_can_be_had_by_the_same_key_once_it_is() throws Exception {
        var early = keyed("k").post(NODES, wish("early", "plan-new"));

        offer(TestPlans.file("plan-new", "0.20", ""), "plan-new");
        var late = keyed("k").post(NODES, wish("early", "plan-new"));

        assertThat(fields(early)).containsExactly("plan_id not_found");
        assertThat(late.statusCode()).as(late.body()).isEqualTo(202);
        assertThat(late.headers().firstValue("Idempotency-Replayed")).isEmpty();
    }

    private void commandEverything() throws Exception {
        String node = id(first("POST /api/v1/workspaces/{wsId}/nodes", NODES, wish("one", "plan-old")));
        append(1, completed(node));
        for (String action : List.of("stop", "start", "reboot")) {
            var begun = first(
                    "POST /api/v1/workspaces/{wsId}/nodes/{nodeId}/" + action, NODES + "/" + node + "/" + action, "");
            String operation = data(begun).get("operation_id").stringValue();
            switch (action) {
                case "stop" -> append(3, new NodeStopped(node, "ws-1", operation, Instant.now()));
                case "start" -> append(5, new NodeStarted(node, "ws-1", operation, Instant.now()));
                default -> append(7, new NodeRebooted(node, "ws-1", operation, Instant.now()));
            }
        }
        var deleted = keep(
                "DELETE /api/v1/workspaces/{wsId}/nodes/{nodeId}",
                at -> keyedAt(at, "delete").delete(NODES + "/" + node + "?force=true"));
        String deletion = data(deleted).get("task_id").stringValue();
        append(9, new NodeDeleted(node, "ws-1", deletion, "one", Instant.now()));

        String failing = id(keyed("failing").post(NODES, wish("two", "plan-old")));
        append(1, failed(failing));
        var retried =
                first("POST /api/v1/workspaces/{wsId}/nodes/{nodeId}/retry", NODES + "/" + failing + "/retry", "");
        String retrying = data(retried).get("operation_id").stringValue();
        first(
                "POST /api/v1/workspaces/{wsId}/nodes/operations/{operationId}/cancel",
                NODES + "/operations/" + retrying + "/cancel",
                "");
        var scheduled = first("POST " + TRANSITION + "/shared", NODES + "/transition/shared", "{}");
        String transition = data(scheduled).get("transition_id").stringValue();
        first("POST " + TRANSITION + "/{transitionId}/cancel", NODES + "/transition/" + transition + "/cancel", "");
        first(
                "POST " + TRANSITION + "/dedicated",
                NODES.replace("ws-1", "ws-2") + "/transition/dedicated",
                "{\"node_plan\":\"plan-old\",\"node_count\":2,\"region\":\"us-west-2\"}");
        first("POST /api/v1/admin/workspaces/{wsId}/credits", WORKSPACE + "/credits", "{\"amount\":5}");
        first("POST /api/v1/admin/drift/{region}/accept", "/api/v1/admin/drift/us-west-2/accept", "");
    }

    private HttpResponse<String> first(String route, String path, String body) throws Exception {
        return keep(route, at -> keyedAt(at, route).post(path, body));
    }

    private HttpResponse<String> keep(String route, Call call) throws Exception {
        var answer = call.by(door);
        assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
        kept.put(route, new Kept(call, answer));
        return answer;
    }

    private void assertAllRepeatedAt(RunningWriteDoor at) throws Exception {
        for (var each : kept.entrySet()) {
            var first = each.getValue().answer();
            var again = each.getValue().call().by(at);

            assertThat(again.statusCode()).as(each.getKey() + again.body()).isEqualTo(first.statusCode());
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
            for (String header : List.of("Location", "Operation-Location", "X-Event-Position")) {
                assertThat(again.headers().firstValue(header))
                        .isEqualTo(first.headers().firstValue(header));
            }
        }
    }

    /** Every POST and DELETE that there is, so that a new one can't be left out here. */
    private Set<String> routesWithKeys() {
        var routes = door.service().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        return routes.getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getMethodsCondition().getMethods().stream()
                        .filter(Set.of(RequestMethod.POST, RequestMethod.DELETE)::contains)
                        .flatMap(method -> info.getPatternValues().stream().map(path -> method + " " + path)))
                .collect(Collectors.toSet());
    }

    private void offer(String text, String plan) throws IOException {
        Files.writeString(file, text);
        var catalogue = door.service().getBean(Catalogue.class);
        await().until(() -> catalogue.find(plan).isPresent());
    }

    private void suspend() throws Exception {
        // The workspace's region is offered by no plan any more.
        assertThat(door.operator()
                        .put(WORKSPACE, "{\"plan\":\"enterprise\",\"region\":\"mars-1\",\"suspended\":true}")
                        .statusCode())
                .isEqualTo(200);
    }

    private ApiCaller keyed(String key) {
        return keyedAt(door, key);
    }

    private static ApiCaller keyedAt(RunningWriteDoor at, String key) {
        return at.operator().withKey(key);
    }

    private static String wish(String name, String plan) {
        return "{\"name\":\"" + name + "\",\"plan_id\":\"" + plan + "\",\"region\":\"us-west-2\"}";
    }

    private static String id(HttpResponse<String> accepted) {
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        return data(accepted).get("id").stringValue();
    }

    private NodeEvent completed(String node) {
        return new NodeProvisioningCompleted(node, "ws-1", provisioningOf(node), FACTS, Instant.now());
    }

    private NodeEvent failed(String node) {
        return new NodeProvisioningFailed(
                node, "ws-1", provisioningOf(node), Step.CLONE, "NO_ROOM", "there was no room", Instant.now());
    }

    private String provisioningOf(String node) {
        return Objects.requireNonNull(door.sql()
                .sql("SELECT payload ->> 'operationId' FROM eventstore.events"
                        + " WHERE aggregate_identifier = ? AND sequence_number = 0")
                .param(node)
                .query(String.class)
                .single());
    }

    private void append(long sequence, NodeEvent event) {
        door.service()
                .getBean(EventStore.class)
                .publish(List.of(new GenericDomainEventMessage<>("Node", event.nodeId(), sequence, event)));
    }
}
