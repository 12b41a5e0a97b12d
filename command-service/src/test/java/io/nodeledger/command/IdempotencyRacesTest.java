package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One key in several hands at once, on two instances, across restarts and lost answers: one operation. */
class IdempotencyRacesTest {
    private static final LostAcknowledgements LOST = new LostAcknowledgements();

    private static RunningWriteDoor door;
    private static RunningWriteDoor other;
    private static ApiCaller operator;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
        other = door.anotherWith(List.of(LOST));
        operator = door.operator();
    }

    @AfterAll
    static void stop() {
        other.close();
        door.close();
    }

    @Test
    void fifty_requests_at_once_make_one_node_and_one_operation() throws Exception {
        workspace("ws-crowd");
        var callers = List.of(
                door.admin("ws-crowd").withKey("k"), other.admin("ws-crowd").withKey("k"));

        var answers = atOnce(IntStream.range(0, 50)
                .<Callable<HttpResponse<String>>>mapToObj(
                        i -> () -> callers.get(i % 2).post(nodes("ws-crowd"), wish("prod-1")))
                .toList());

        assertThat(answers).allSatisfy(answer -> {
            if (answer.statusCode() != 202) {
                assertThat(code(answer)).isEqualTo("409 IDEMPOTENCY_KEY_IN_FLIGHT");
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            }
        });
        assertThat(accepted(answers)).hasSize(1);
        assertThat(accepted(List.of(callers.get(0).post(nodes("ws-crowd"), wish("prod-1")))))
                .isEqualTo(accepted(answers));
        assertThat(admitted("ws-crowd")).isEqualTo(1);
    }

    @Test
    void keys_hold_through_conflicts_between_instances() throws Exception {
        workspace("ws-rivals");
        var calls = new ArrayList<Callable<HttpResponse<String>>>();
        for (int key = 0; key < 12; key++) {
            String name = "rival-" + key;
            for (RunningWriteDoor each : List.of(door, other, door, other)) {
                var caller = each.admin("ws-rivals").withKey("key of " + name);
                calls.add(() -> until202(() -> caller.post(nodes("ws-rivals"), wish(name))));
            }
        }

        var answers = atOnce(calls);

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(202));
        assertThat(accepted(answers)).hasSize(12);
        assertThat(admitted("ws-rivals")).isEqualTo(12);
    }

    @Test
    void another_instance_and_the_next_one_after_a_restart_give_the_first_answer() throws Exception {
        workspace("ws-later");
        var first = door.admin("ws-later").withKey("k").post(nodes("ws-later"), wish("prod-1"));

        var elsewhere = other.admin("ws-later").withKey("k").post(nodes("ws-later"), wish("prod-1"));
        HttpResponse<String> later;
        try (var next = door.another()) {
            later = next.admin("ws-later").withKey("k").post(nodes("ws-later"), wish("prod-1"));
        }

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(accepted(List.of(first, elsewhere, later))).hasSize(1);
        assertThat(later.statusCode()).isEqualTo(202);
        assertThat(elsewhere.statusCode()).isEqualTo(202);
        assertThat(admitted("ws-later")).isEqualTo(1);
    }

    @Test
    void a_commit_whose_acknowledgement_is_lost_is_answered_to_the_repeated_request() throws Exception {
        workspace("ws-lost");
        var admin = other.admin("ws-lost").withKey("k");
        LOST.loseNext();

        var lost = admin.post(nodes("ws-lost"), wish("prod-1"));
        var again = admin.post(nodes("ws-lost"), wish("prod-1"));

        assertThat(code(lost)).isEqualTo("503 SYSTEM_SERVICE_UNAVAILABLE");
        assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(admitted("ws-lost")).isEqualTo(1);
        assertThat(door.eventsOf(data(again).get("id").stringValue())).containsExactly("NodeProvisioningStarted");
    }

    @Test
    void who_decides_after_another_has_answered_takes_that_answer() throws Exception {
        workspace("ws-late");
        var admin = door.admin("ws-late").withKey("node");
        var granting = operator.withKey("grant");
        String credits = "/api/v1/admin/workspaces/ws-late/credits";
        var node = admin.post(nodes("ws-late"), wish("prod-1"));
        var grant = granting.post(credits, "{\"amount\":5}");

        // Both were answered after the repetitions had looked for an answer and before these decided.
        var refusedElse = unansweredUntilItDecides(() -> admin.post(nodes("ws-late"), wish("prod-1")));
        var acceptedElse = unansweredUntilItDecides(() -> granting.post(credits, "{\"amount\":5}"));

        assertThat(refusedElse.body()).isEqualTo(node.body());
        assertThat(acceptedElse.body()).isEqualTo(grant.body());
        assertThat(refusedElse.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(acceptedElse.headers().firstValue("X-Event-Position"))
                .isEqualTo(grant.headers().firstValue("X-Event-Position"));
        assertThat(door.eventsOf("workspace:ws-late"))
                .containsExactly("WorkspaceRegistered", "CreditsGranted", "NodeAdmitted", "CreditsGranted");
    }

    @Test
    void a_crowd_with_keys_that_waits_for_one_workspace_leaves_it_the_connections_that_it_needs() throws Exception {
        workspace("ws-narrow");
        String credits = "/api/v1/admin/workspaces/ws-narrow/credits";
        try (var narrow = door.another("--nodeledger.datasource.pool-size=4")) {
            var caller = narrow.operator();

            var answers = atOnce(IntStream.range(0, 80)
                    .<Callable<HttpResponse<String>>>mapToObj(
                            i -> () -> (i % 2 == 0 ? caller : caller.withKey("k" + i)).post(credits, "{\"amount\":1}"))
                    .toList());

            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
        }
    }

    private static HttpResponse<String> unansweredUntilItDecides(Callable<HttpResponse<String>> call) throws Exception {
        try (var connection = door.database().dataSource().getConnection();
                var statement = connection.createStatement();
                var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("CREATE TABLE IF NOT EXISTS hidden (LIKE command.idempotency_key)");
            statement.execute("WITH taken AS (DELETE FROM command.idempotency_key RETURNING *)"
                    + " INSERT INTO hidden SELECT * FROM taken");
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE eventstore.domain_event IN ACCESS EXCLUSIVE MODE");
            var answer = crowd.submit(call);
            await().until(() -> door.sql()
                            .sql("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                            .query(Integer.class)
                            .single()
                    == 1);
            statement.execute("INSERT INTO command.idempotency_key SELECT * FROM hidden");
            statement.execute("DELETE FROM hidden");
            connection.commit();
            return answer.get();
        }
    }

    private static HttpResponse<String> until202(Callable<HttpResponse<String>> call) throws Exception {
        var answer = call.call();
        for (int i = 0; i < 100 && answer.statusCode() != 202; i++) {
            assertThat(code(answer)).isIn("409 IDEMPOTENCY_KEY_IN_FLIGHT", "503 SYSTEM_SERVICE_UNAVAILABLE");
            Thread.sleep(20);
            answer = call.call();
        }
        return answer;
    }

    private static List<HttpResponse<String>> atOnce(List<Callable<HttpResponse<String>>> calls) throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<HttpResponse<String>>();
            for (Future<HttpResponse<String>> each : crowd.invokeAll(calls)) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    /** The different bodies of accepted answers. */
    private static List<String> accepted(List<HttpResponse<String>> answers) {
        return answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(HttpResponse::body)
                .distinct()
                .toList();
    }

    private static long admitted(String workspace) {
        return door.eventsOf("workspace:" + workspace).stream()
                .filter("NodeAdmitted"::equals)
                .count();
    }

    private static void workspace(String id) throws Exception {
        operator.put("/api/v1/admin/workspaces/" + id, "{\"plan\":\"team\",\"region\":\"us-west-2\"}");
        assertThat(operator.post("/api/v1/admin/workspaces/" + id + "/credits", "{\"amount\":100000}")
                        .statusCode())
                .isEqualTo(201);
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }

    private static String wish(String name) {
        return "{\"name\":\"" + name + "\",\"plan_id\":\"plan-dedicated-4c8g\"}";
    }
}
