package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.operation.Step;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Answers that are held until their operation has ended. Nobody drives operations here but the test. */
class PreferWaitTest {
    private static final KubernetesFacts FACTS = new KubernetesFacts(
            "a-node", "a-uid", Map.of(), Map.of(), "a-kernel", "an-image", "a-runtime", "a-kubelet");
    private static final ExecutorService CROWD = Executors.newVirtualThreadPerTaskExecutor();

    private static RunningWriteDoor door;
    private static RunningWriteDoor other;
    private static ApiCaller operator;

    @BeforeAll
    static void start() throws Exception {
        door = RunningWriteDoor.start();
        other = door.another();
        operator = door.operator();
        operator.put("/api/v1/admin/workspaces/ws-1", "{\"plan\":\"enterprise\",\"region\":\"us-west-2\"}");
        operator.post("/api/v1/admin/workspaces/ws-1/credits", "{\"amount\":1000000}");
    }

    @AfterAll
    static void stop() {
        CROWD.close();
        other.close();
        door.close();
    }

    @Test
    void an_operation_that_ends_in_time_is_a_200_with_its_end() throws Exception {
        var waiting = provision("ends", 30);
        String node = begun("ends");

        Instant ended = Instant.now();
        append(door, completed(node, operationOf(node)));
        var answer = waiting.get();

        assertThat(Duration.between(ended, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=30");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(data(answer).get("id").stringValue()).isEqualTo(node);
        assertThat(data(answer).get("status").stringValue()).isEqualTo("running");
        assertThat(data(answer).get("operation_status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void an_end_in_another_instance_is_heard_of_and_a_failure_told() throws Exception {
        var waiting = provision("fails", 30);
        String node = begun("fails");

        append(
                other,
                new NodeProvisioningFailed(
                        node,
                        "ws-1",
                        operationOf(node),
                        Step.CLONE,
                        "NO_ROOM",
                        "there was no room",
                        Instant.parse("2030-01-01T00:00:00Z")));

        assertThat(data(waiting.get()).get("status").stringValue()).isEqualTo("error");
        assertThat(data(waiting.get()).get("operation_status").stringValue()).isEqualTo("failed");
    }

    @Test
    void an_event_that_only_a_newer_version_can_read_ends_nobody_elses_wait() throws Exception {
        var newer = provision("newer", 30);
        var other = provision("beside-it", 30);
        String node = begun("newer");
        String beside = begun("beside-it");

        door.sql()
                .sql("""
                        INSERT INTO eventstore.domain_event (aggregate_identifier, sequence_number, type, event_identifier,
                          time_stamp, payload_type, payload_revision, payload, meta_data)
                        SELECT aggregate_identifier, sequence_number + 1, type, 'evt-of-tomorrow', time_stamp,
                          ?, '99', '"as told tomorrow"'::bytea, meta_data
                        FROM eventstore.domain_event WHERE aggregate_identifier = ?
                        ORDER BY sequence_number DESC LIMIT 1""")
                .params(NodeProvisioningCompleted.class.getName(), node)
                .update();
        append(door, completed(beside, operationOf(beside)));

        assertThat(other.get().statusCode()).isEqualTo(200);
        assertThat(newer.get().statusCode()).isEqualTo(202);
    }

    @Test
    void a_deletion_ends_the_wait_for_what_it_pre_empts() throws Exception {
        var waiting = provision("pre-empted", 30);
        String node = begun("pre-empted");

        var deletion = operator.delete("/api/v1/workspaces/ws-1/nodes/" + node);
        var answer = waiting.get();

        assertThat(deletion.statusCode()).isEqualTo(202);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(data(answer).get("status").stringValue()).isEqualTo("deleting");
        assertThat(data(answer).get("operation_status").stringValue()).isEqualTo("cancelled");
        assertThat(answer.headers().firstValue("X-Event-Position"))
                .as("reads that follow see the end")
                .isEqualTo(deletion.headers().firstValue("X-Event-Position"));
    }

    @Test
    void an_operation_that_goes_on_is_a_202_after_the_wait_and_other_operations_do_not_count() throws Exception {
        Instant asked = Instant.now();
        var waiting = provision("goes-on", 1);
        String node = begun("goes-on");
        append(door, completed(node, "task-00000000000000000000000000"));

        var answer = waiting.get();

        assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Preference-Applied")).contains("wait=1");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(data(answer).get("status").stringValue()).isEqualTo("provisioning");
        assertThat(data(answer).has("operation_status")).isFalse();
    }

    @Test
    void a_repeated_request_waits_again_and_learns_of_an_end_that_has_passed() throws Exception {
        var keyed = operator.withKey("again");
        String path = "/api/v1/workspaces/ws-1/nodes";
        String node = data(keyed.post(path, body("again"))).get("id").stringValue();
        append(door, completed(node, operationOf(node)));

        var answer = keyed.with("Prefer", "wait=30").post(path, body("again"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(data(answer).get("operation_status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void a_hundred_waits_hold_no_connection() throws Exception {
        var waiting = new ArrayList<Future<HttpResponse<String>>>();
        for (int i = 0; i < 100; i++) {
            waiting.add(provision("crowd-" + i, 30));
        }
        var nodes = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            nodes.add(begun("crowd-" + i));
        }
        assertThat(operator.post("/api/v1/workspaces/ws-1/nodes", body("not-in-the-way"))
                        .statusCode())
                .isEqualTo(202);
        for (String node : nodes) {
            append(door, completed(node, operationOf(node)));
        }

        for (var each : waiting) {
            assertThat(each.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void without_a_place_to_wait_and_when_the_service_stops_the_answer_comes_at_once() throws Exception {
        Future<HttpResponse<String>> waiting;
        Instant stopping;
        try (var next = door.another("--nodeledger.waits.at-once=1")) {
            var caller = next.operator().with("Prefer", "wait=30");
            waiting = CROWD.submit(() -> caller.post("/api/v1/workspaces/ws-1/nodes", body("has-the-place")));
            begun("has-the-place");
            await().until(() -> waits(next) == 1);

            var turnedAway = caller.post("/api/v1/workspaces/ws-1/nodes", body("has-none"));

            assertThat(turnedAway.statusCode()).isEqualTo(202);
            assertThat(turnedAway.headers().firstValue("Preference-Applied")).isEmpty();
            assertThat(waiting.isDone()).isFalse();
            stopping = Instant.now();
        }
        assertThat(waiting.get().statusCode()).isEqualTo(202);
        assertThat(Duration.between(stopping, Instant.now())).isLessThan(Duration.ofSeconds(15));
    }

    private static double waits(RunningWriteDoor door) {
        return door.service()
                .getBean(MeterRegistry.class)
                .get("nodeledger.waits.open")
                .tag("kind", "operation")
                .gauge()
                .value();
    }

    private static Future<HttpResponse<String>> provision(String name, int seconds) {
        return CROWD.submit(
                () -> operator.with("Prefer", "wait=" + seconds).post("/api/v1/workspaces/ws-1/nodes", body(name)));
    }

    private static String body(String name) {
        return "{\"name\":\"" + name + "\",\"plan_id\":\"plan-dedicated-4c8g\"}";
    }

    /** Waits until the node is there, and answers its id. */
    private static String begun(String name) {
        return await().until(
                        () -> door.sql()
                                .sql("SELECT aggregate_identifier FROM eventstore.events"
                                        + " WHERE payload ->> 'name' = ? AND aggregate_identifier LIKE 'node-%'")
                                .param(name)
                                .query(String.class)
                                .list(),
                        found -> !found.isEmpty())
                .getFirst();
    }

    private static String operationOf(String node) {
        return door.sql()
                .sql("SELECT payload ->> 'operationId' FROM eventstore.events"
                        + " WHERE aggregate_identifier = ? AND sequence_number = 0")
                .param(node)
                .query(String.class)
                .single();
    }

    private static NodeProvisioningCompleted completed(String node, String operation) {
        return new NodeProvisioningCompleted(node, "ws-1", operation, FACTS, Instant.parse("2030-01-01T00:00:00Z"));
    }

    private static void append(RunningWriteDoor at, NodeEvent event) {
        at.service()
                .getBean(EventStore.class)
                .publish(List.of(new GenericDomainEventMessage<>("Node", event.nodeId(), 1, event)));
    }
}
