package io.nodeledger.query.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The way from a request to its last effect. */
class ExplainHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String UPID = "UPID:pve-1:0000A0:0:0:qmclone:1000:root@pam:";
    private static QueryServer server;

    /** Provisioned by user-1 on whose behalf the saga worked; deleted by user-2. */
    @BeforeAll
    static void given_a_node_with_a_life() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        var history = History.of("node-1").provision();
        server.append(history);
        int told = history.events().size();
        history.done(Step.ALLOCATE)
                .waiting(Step.CLONE, 1, "the template is locked")
                .idTaken()
                .done(Step.ALLOCATE);
        var steps = new ArrayList<NodeEvent>(
                history.events().subList(told, history.events().size()));
        var at = Instant.parse("2024-01-20T10:00:10Z");
        steps.add(new NodeEvent.ProviderTaskStarted("node-1", "task-1a", Step.CLONE, 1, UPID, at));
        steps.add(new NodeEvent.StepSucceeded("node-1", "task-1a", Step.CLONE, 1, "cloned", at.minusSeconds(1), at));
        steps.add(new NodeEvent.StepFailed(
                "node-1", "task-1a", Step.CONFIGURE, 2, "NO_BRIDGE", "no vmbr0", at.plusSeconds(1), at.plusSeconds(2)));
        steps.add(new NodeEvent.StepSucceeded(
                "node-1", "task-1a", Step.DESTROY, 1, null, at.plusSeconds(2), at.plusSeconds(3)));
        steps.add(new NodeEvent.NodeProvisioningFailed(
                "node-1", "ws-123", "task-1a", Step.CONFIGURE, "NO_BRIDGE", "no vmbr0", at.plusSeconds(4)));
        var saga = new Cause("saga", "system", "platform", "ws-123", "req-1", null, null, "RecordOutcome", "evt-cause");
        server.appendUnseen(steps, saga.asMetadata());
        var deletion = new History("node-1", "ws-123", "prod-node-1", at.plusSeconds(60)).delete(NodeStatus.ERROR);
        server.append(deletion);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void a_chain_begins_with_the_request_and_ends_with_the_last_effect() {
        var chain = provisioning();

        assertThat(chain.get("operation").toString()).isEqualTo("""
                {"id":"task-1a","type":"provision","status":"failed","started_at":"2024-01-20T10:00:00Z",\
                "finished_at":"2024-01-20T10:00:14Z",\
                "error":{"code":"NO_BRIDGE","message":"no vmbr0","step":"configure"}}""");
        var request = chain.get("request");
        assertThat(request.get("actor").toString())
                .isEqualTo("{\"id\":\"user-1\",\"type\":\"user\",\"role\":\"admin\"}");
        assertThat(request.get("request_id").asString()).isEqualTo("req-1");
        assertThat(request.get("source_address").asString()).isEqualTo("192.0.2.7");
        assertThat(request.get("command").asString()).isEqualTo("ProvisionNode");
        assertThat(request.get("event_id")).isEqualTo(chain.at("/events/0/id"));
        assertThat(chain.get("events")
                        .valueStream()
                        .map(event -> event.get("type").asString()))
                .containsExactly("node.provisioning_started", "node.provisioning_failed");
        assertThat(chain.at("/events/1/cause").toString())
                .isEqualTo("{\"command\":\"RecordOutcome\",\"event_id\":\"evt-cause\"}");
        assertThat(chain.at("/events/1/after/status").asString()).isEqualTo("error");
    }

    @Test
    void every_attempt_at_every_step_is_told_with_its_tasks_and_outcome() {
        assertThat(attempts(provisioning()))
                .containsExactly(
                        "allocate 1 succeeded Machine 1000 on pve-1",
                        "allocate 1 succeeded Machine 1000 on pve-1",
                        "clone 1 succeeded cloned " + UPID,
                        "configure 2 failed NO_BRIDGE no vmbr0",
                        "destroy 1 succeeded");
        var clone = provisioning().at("/activities/1/attempts/0");
        assertThat(clone.get("started_at").asString()).isEqualTo("2024-01-20T10:00:10Z");
        assertThat(clone.get("event_ids")).hasSize(4);
    }

    @Test
    void the_last_operation_comes_first_page_by_page() {
        assertThat(server.all(NODES + "/node-1/explain?limit=1").stream()
                        .map(chain -> chain.at("/operation/id").asString()))
                .containsExactly("task-1d", "task-1a");
        assertThat(server.get(NODES + "/node-1/explain?operation_id=task-none").data())
                .isEmpty();
    }

    @Test
    void it_is_for_those_who_may_read_the_audit_and_of_nodes_that_there_were() {
        assertThat(server.get(NODES + "/node-1/explain", server.token("ws-123", "developer"))
                        .status())
                .isEqualTo(403);
        assertThat(server.get(NODES + "/node-1/explain", server.token("ws-123", "auditor"))
                        .status())
                .isEqualTo(200);
        assertThat(server.get(NODES + "/node-none/explain").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/workspaces/ws-2/nodes/node-1/explain").status())
                .isEqualTo(404);
        assertThat(server.get(NODES + "/node-1/explain?operation_id=").status()).isEqualTo(400);
    }

    private static JsonNode provisioning() {
        return server.get(NODES + "/node-1/explain?operation_id=task-1a").data().get(0);
    }

    private static List<String> attempts(JsonNode chain) {
        return chain.get("activities")
                .valueStream()
                .flatMap(activity -> activity.get("attempts")
                        .valueStream()
                        .map(attempt -> String.join(
                                        " ",
                                        activity.get("step").asString(),
                                        attempt.get("attempt").asString(),
                                        attempt.path("outcome").asString(""),
                                        attempt.path("code").asString(""),
                                        attempt.path("detail").asString(""),
                                        String.join(
                                                " ",
                                                attempt.get("tasks")
                                                        .valueStream()
                                                        .map(JsonNode::asString)
                                                        .toList()))
                                .strip()
                                .replaceAll(" +", " ")))
                .toList();
    }
}
