package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One key in fifty hands while the process that has it in hand is killed: what was answered stays true, and what was not
 * is answered once.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdempotencyAcrossKillsTest {
    private static final int CROWD = 50;

    /** Between two attempts of one caller: fifty that never rest leave the process no time for the one it works on. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final int STEP_MILLIS = 200;

    /**
     * Each step of the transaction takes so long that moments fall within it, on a busy machine too. What the killed
     * process had begun goes on in the database, as a commit does that is on its way.
     */
    private static final String SLOW_TRANSACTIONS = """
            CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS
              'BEGIN PERFORM pg_sleep(%s / 1000.0); RETURN NEW; END';
            CREATE TRIGGER key BEFORE INSERT ON command.idempotency_key
              FOR EACH STATEMENT EXECUTE FUNCTION linger();
            CREATE TRIGGER events BEFORE INSERT ON eventstore.domain_event
              FOR EACH STATEMENT EXECUTE FUNCTION linger();
            CREATE CONSTRAINT TRIGGER commit AFTER INSERT ON command.idempotency_key DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW EXECUTE FUNCTION linger();""".formatted(STEP_MILLIS);

    /** The steps in their order, by what their statements and those of later ones contain. */
    enum Step {
        KEY("idempotency_key|domain_event|COMMIT"),
        EVENTS("domain_event|COMMIT"),
        COMMIT("COMMIT");

        private final String statements;

        Step(String statements) {
            this.statements = statements;
        }
    }

    private static RunningWriteDoor door;
    private static ForkedWriteDoor life;

    @BeforeAll
    static void start() throws Exception {
        door = RunningWriteDoor.start();
        door.close();
        door.sql().sql(SLOW_TRANSACTIONS).update();
        life = ForkedWriteDoor.start(door.database(), door.issuer());
    }

    @AfterAll
    static void stop() {
        life.close();
    }

    @ParameterizedTest
    @CsvSource({"4, KEY", "2, EVENTS", "3, COMMIT"})
    void a_process_killed_with_fifty_requests_in_hand_leaves_one_node_and_one_operation(long seed, Step step)
            throws Exception {
        String workspace = workspace("ws-killed-" + seed);
        var before = door.streams();
        var answers = new ConcurrentLinkedQueue<HttpResponse<String>>();

        killAmidRequests(step, new Random(seed).nextInt(STEP_MILLIS), workspace, answers);
        life = ForkedWriteDoor.start(door.database(), door.issuer());
        var admin = admin(workspace);
        inCrowd(() -> answers.add(ask(admin, workspace)));
        var last = askUntilAccepted(admin, workspace);
        answers.add(last);

        assertThat(refusalsIn(answers)).isSubsetOf("409 IDEMPOTENCY_KEY_IN_FLIGHT");
        assertThat(acceptedIn(answers)).containsExactly(last.body());
        var node = data(last);
        String id = node.get("id").stringValue();
        assertThat(door.streams().stream().filter(event -> !before.contains(event)))
                .containsExactlyInAnyOrder("workspace:" + workspace + "#2", id + "#0");
        assertThat(door.eventsOf("workspace:" + workspace)).endsWith("NodeAdmitted");
        assertThat(door.eventsOf(id)).containsExactly("NodeProvisioningStarted");
        assertThat(operationBegunBy(id))
                .isEqualTo(node.get("provisioning_task_id").stringValue());
    }

    /** Counts the moment from a step of the transaction, so that there is a request to be cut off. */
    private static void killAmidRequests(Step step, int millis, String workspace, Queue<HttpResponse<String>> answers)
            throws Exception {
        var admin = admin(workspace);
        try (var killer = Executors.newSingleThreadExecutor()) {
            var killed = killer.submit(() -> {
                try {
                    await().pollInterval(Duration.ofMillis(5))
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> isReached(step) || !acceptedIn(answers).isEmpty());
                    Thread.sleep(millis);
                } finally {
                    life.kill();
                }
                return true;
            });
            inCrowd(() -> askUntilKilled(admin, workspace, answers));
            assertThat(killed.get()).isTrue();
        }
    }

    private static boolean askUntilKilled(ApiCaller admin, String workspace, Queue<HttpResponse<String>> answers)
            throws InterruptedException {
        try {
            while (true) {
                answers.add(ask(admin, workspace));
                Thread.sleep(PAUSE);
            }
        } catch (IOException broken) {
            assertThat(life.isKilled()).as(broken::toString).isTrue();
            return true;
        }
    }

    private static HttpResponse<String> askUntilAccepted(ApiCaller admin, String workspace) throws Exception {
        var answer = ask(admin, workspace);
        for (int i = 0; i < 100 && answer.statusCode() == 409; i++) {
            Thread.sleep(PAUSE);
            answer = ask(admin, workspace);
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer;
    }

    private static void inCrowd(Callable<Boolean> each) throws Exception {
        try (var crowd = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> done : crowd.invokeAll(Collections.nCopies(CROWD, each))) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    private static ApiCaller admin(String workspace) {
        return life.caller(door.issuer().of(workspace, "admin")).withKey("k");
    }

    private static HttpResponse<String> ask(ApiCaller admin, String workspace)
            throws IOException, InterruptedException {
        return admin.post(
                "/api/v1/workspaces/" + workspace + "/nodes",
                "{\"name\":\"prod-1\",\"plan_id\":\"plan-dedicated-4c8g\"}");
    }

    private static boolean isReached(Step step) {
        return door.sql()
                .sql("SELECT EXISTS (SELECT FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event = 'PgSleep' AND query ~ ?)")
                .param(step.statements)
                .query(Boolean.class)
                .single();
    }

    private static String operationBegunBy(String node) {
        return door.sql()
                .sql("SELECT payload ->> 'operationId' FROM eventstore.events"
                        + " WHERE aggregate_identifier = ? AND sequence_number = 0")
                .param(node)
                .query(String.class)
                .single();
    }

    /** The different bodies of accepted answers. */
    private static List<String> acceptedIn(Collection<HttpResponse<String>> answers) {
        return answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(HttpResponse::body)
                .distinct()
                .toList();
    }

    private static Set<String> refusalsIn(Collection<HttpResponse<String>> answers) {
        return answers.stream()
                .filter(answer -> answer.statusCode() != 202)
                .map(ApiCaller::code)
                .collect(Collectors.toSet());
    }

    private static String workspace(String id) throws Exception {
        var operator = life.caller(door.issuer().operator());
        operator.put("/api/v1/admin/workspaces/" + id, "{\"plan\":\"team\",\"region\":\"us-west-2\"}");
        assertThat(operator.post("/api/v1/admin/workspaces/" + id + "/credits", "{\"amount\":100000}")
                        .statusCode())
                .isEqualTo(201);
        return id;
    }
}
