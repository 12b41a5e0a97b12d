package io.nodeledger.query.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Transition;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Transitions as they are answered: what they are at, when they are done and what they cost. */
class TransitionsHttpTest {
    private static final String TRANSITIONS = "/api/v1/workspaces/ws-123/nodes/transition";
    private static final Instant BEGIN = Instant.parse("2024-01-20T10:00:00Z");
    private static final Instant NOW = BEGIN.plusSeconds(600);
    private static final PlanTerms LARGE = new PlanTerms(
            "plan-dedicated-8c16g", new BigDecimal("0.24"), new BigDecimal("0.00"), History.MEDIUM.specs());

    private QueryServer server;

    @BeforeEach
    void given_a_workspace_with_two_nodes() {
        server = QueryServer.at(NOW);
        server.append(Workspaces.registered("ws-123"));
        for (String node : Transition.NODES) {
            server.append(new History(node, "ws-123", "web-" + node, BEGIN.minus(Duration.ofDays(1)))
                    .provision("us-west-2", LARGE)
                    .succeed());
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void those_that_have_not_ended_are_counted_by_status() {
        server.append(Transition.to(Placement.DEDICATED, "trans-1", BEGIN)
                .ready("node-1")
                .events());

        server.bean(OpenTransitionFigures.class).read();

        var meters = server.bean(MeterRegistry.class);
        assertThat(meters.get("nodeledger.transitions.open")
                        .tag("status", "provisioning")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("nodeledger.transitions.open")
                        .tag("status", "scheduled")
                        .gauge()
                        .value())
                .isZero();
        assertThat(meters.get("nodeledger.transitions.oldest.seconds").gauge().value())
                .isEqualTo(600);
    }

    @Test
    void one_to_dedicated_nodes_has_the_shape_of_the_contract() {
        server.append(Transition.to(Placement.DEDICATED, "trans-1", BEGIN)
                .ready("node-1")
                .events());

        JsonNode shown = one("trans-1");

        assertThat(shown.propertyNames())
                .containsExactly(
                        "transition_id",
                        "type",
                        "status",
                        "stage",
                        "migration_strategy",
                        "created_at",
                        "started_at",
                        "estimated_completion",
                        "cost_impact",
                        "nodes_being_provisioned",
                        "nodes",
                        "workloads",
                        "unmanaged_pods");
        assertThat(shown.get("type").asString()).isEqualTo("dedicated");
        assertThat(shown.get("status").asString()).isEqualTo("provisioning");
        assertThat(shown.get("migration_strategy").asString()).isEqualTo("blue_green");
        assertThat(shown.at("/nodes_being_provisioned/1").toString())
                .isEqualTo("{\"node_id\":\"node-2\",\"plan\":\"plan-dedicated-8c16g\",\"status\":\"running\"}");
        assertThat(progress(shown)).containsExactly("node-1 ready running", "node-2 provisioning running");
        assertThat(at(shown, "/estimated_completion")).isEqualTo(BEGIN.plusSeconds(900 + 300));
        assertThat(server.get(TRANSITIONS + "/trans-1").raw().body())
                .contains("\"additional_cost_per_month\":345.60", "\"currency\":\"USD\"")
                .doesNotContain("savings_per_month");
        assertThat(at(shown, "/cost_impact/effective_date"))
                .as("its nodes are paid for before its workloads run on them")
                .isEqualTo(BEGIN.plusSeconds(900));
    }

    @Test
    void what_was_estimated_becomes_what_has_happened() {
        var history = Transition.to(Placement.DEDICATED, "trans-1", BEGIN).moved();
        server.append(history.events());

        JsonNode shown = one("trans-1");

        assertThat(shown.get("status").asString()).isEqualTo("completed");
        assertThat(shown.has("stage")).isFalse();
        assertThat(shown.has("estimated_completion")).isFalse();
        assertThat(at(shown, "/cost_impact/effective_date"))
                .as("when its last node was ready")
                .isEqualTo(BEGIN.plusSeconds(120))
                .isBefore(at(shown, "/switched_at"));
        assertThat(at(shown, "/ended_at")).isEqualTo(history.now().minusSeconds(60));
        assertThat(shown.at("/unmanaged_pods/0").asString()).isEqualTo("ns-ws-123/once");
    }

    @Test
    void one_that_is_scheduled_is_about_the_nodes_that_there_are() {
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN).events());

        JsonNode before = one("trans-1");
        server.append(new History("node-3", "ws-123", "web-3", BEGIN)
                .provision("us-west-2", LARGE)
                .succeed());
        server.append(new History("node-4", "ws-123", "web-4", BEGIN)
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .gone());
        JsonNode after = one("trans-1");

        Instant opens = Transition.window(BEGIN).start();
        assertThat(before.get("status").asString()).isEqualTo("scheduled");
        assertThat(before.get("stage").asString()).isEqualTo("await_window");
        assertThat(at(before, "/scheduled_start")).isEqualTo(opens);
        assertThat(at(before, "/maintenance_window/start")).isEqualTo(opens);
        assertThat(before.get("backup_before_migration").asBoolean()).isTrue();
        assertThat(at(before, "/estimated_completion")).isEqualTo(opens.plusSeconds(300 + 2 * 180));
        // a round of backups and two nodes to drain, then three
        assertThat(before.get("estimated_duration_seconds").asLong()).isEqualTo(300 + 2 * 180);
        assertThat(before.get("estimated_duration").asString()).isEqualTo("11m");
        assertThat(after.get("estimated_duration_seconds").asLong()).isEqualTo(300 + 3 * 180);
        assertThat(before.at("/cost_impact/savings_per_month").asString()).isEqualTo("345.6");
        assertThat(after.at("/cost_impact/savings_per_month").asString()).isEqualTo("518.4");
        assertThat(at(after, "/cost_impact/effective_date")).isEqualTo(opens.plusSeconds(300 + 3 * 180));
        assertThat(progress(before)).containsExactly("node-1 waiting running", "node-2 waiting running");
        assertThat(progress(after)).hasSize(3);
    }

    @Test
    void estimates_follow_what_took_how_long_of_late() {
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN).events());
        var jdbc = server.bean(JdbcClient.class);
        jdbc.sql("CREATE SCHEMA provisioner").update();
        jdbc.sql("CREATE TABLE provisioner.operation_duration (type text, slot integer, seconds double precision)")
                .update();
        jdbc.sql(
                        "INSERT INTO provisioner.operation_duration SELECT 'TRANSITION_DRAIN', n, 59.5 FROM generate_series(1, 5) n")
                .update();
        jdbc.sql(
                        "INSERT INTO provisioner.operation_duration SELECT 'TRANSITION_BACKUP', n, 9 FROM generate_series(1, 4) n")
                .update();

        assertThat(one("trans-1").get("estimated_duration_seconds").asLong()).isEqualTo(300 + 2 * 60);
    }

    @Test
    void savings_begin_when_the_last_node_is_gone() {
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(7_200))
                .everything()
                .events());

        JsonNode shown = one("trans-1");

        assertThat(shown.get("status").asString()).isEqualTo("completed");
        assertThat(at(shown, "/cost_impact/effective_date"))
                .isEqualTo(at(shown, "/ended_at").minusSeconds(60))
                .isAfter(at(shown, "/switched_at"));
        assertThat(shown.at("/nodes/0/backup").toString())
                .isEqualTo("{\"volume_id\":\"backup:vzdump-node-1\",\"size_bytes\":4096}");
        assertThat(shown.get("estimated_duration_seconds").asLong()).isEqualTo(660);
    }

    @Test
    void it_says_what_it_waits_for_and_how_far_its_workloads_are() {
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(3_600))
                .open()
                .backedUp("node-1")
                .backedUp("node-2")
                .migrating()
                .waits(TransitionStage.MIGRATE, "A budget allows no eviction")
                .events());
        var jdbc = server.bean(JdbcClient.class);
        assertThat(one("trans-1").get("workloads").isEmpty()).isTrue();
        jdbc.sql("CREATE SCHEMA provisioner").update();
        jdbc.sql("""
                        CREATE TABLE provisioner.transition_workload (transition_id text, region text, namespace text,
                          kind text, name text, pods integer, moved integer, ready integer)""").update();
        jdbc.sql("INSERT INTO provisioner.transition_workload VALUES"
                        + " ('trans-1', 'us-west-2', 'ns-ws-123', 'Deployment', 'web', 3, 2, 1)")
                .update();

        JsonNode shown = one("trans-1");

        assertThat(shown.get("status").asString()).isEqualTo("draining");
        assertThat(shown.get("waiting_for").toString())
                .isEqualTo(
                        "{\"stage\":\"migrate\",\"reason\":\"A budget allows no eviction\",\"needs_attention\":false}");
        assertThat(shown.at("/workloads/0").toString())
                .isEqualTo(
                        "{\"region\":\"us-west-2\",\"namespace\":\"ns-ws-123\",\"kind\":\"Deployment\",\"name\":\"web\","
                                + "\"pods\":3,\"moved\":2,\"ready\":1}");
    }

    @Test
    void one_that_is_paused_says_until_when_it_waits() {
        var history = Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(3_600))
                .open()
                .paused();
        server.append(history.events());

        JsonNode shown = one("trans-1");

        assertThat(shown.get("status").asString()).isEqualTo("scheduled");
        assertThat(at(shown, "/paused_until"))
                .isEqualTo(history.now().minusSeconds(60).plusSeconds(86_400));
        assertThat(shown.at("/waiting_for/reason").asString()).isEqualTo("The window closes");
        assertThat(shown.has("estimated_completion")).isFalse();
    }

    @Test
    void one_that_is_undone_says_why_and_costs_nothing() {
        var history = Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(3_600))
                .open()
                .migrating()
                .turnedBack("BLOCKED");
        server.append(history.stuck().events());
        JsonNode during = one("trans-1");
        server.append(
                Transition.to(Placement.SHARED, "trans-2", BEGIN).cancelled().events());
        JsonNode after = one("trans-2");

        assertThat(during.get("rolling_back").asBoolean()).isTrue();
        assertThat(during.at("/failure/code").asString()).isEqualTo("BLOCKED");
        assertThat(during.at("/failure/stage").asString()).isEqualTo("back_up");
        assertThat(during.at("/waiting_for/needs_attention").asBoolean()).isTrue();
        assertThat(during.has("cost_impact")).isFalse();
        assertThat(after.get("status").asString()).isEqualTo("cancelled");
        assertThat(after.has("rolling_back")).isFalse();
        assertThat(after.at("/failure/code").asString()).isEqualTo("TRANSITION_CANCELLED");
    }

    @Test
    void they_are_listed_newest_first_page_by_page() {
        server.append(Transition.to(Placement.DEDICATED, "trans-1", BEGIN.minusSeconds(9_000))
                .moved()
                .events());
        server.append(Transition.to(Placement.SHARED, "trans-2", BEGIN.minusSeconds(60))
                .cancelled()
                .events());
        server.append(Transition.to(Placement.SHARED, "trans-3", BEGIN).events());

        assertThat(ids("?limit=1")).containsExactly("trans-3", "trans-2", "trans-1");
        assertThat(ids("?status=completed,scheduled")).containsExactly("trans-3", "trans-1");
        assertThat(ids("?status=failed")).isEmpty();
        assertThat(server.get(TRANSITIONS).data().at("/0").has("workloads")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?status=done", "?limit=0", "?cursor=b3BlcmF0aW9uc34x"})
    void a_bad_parameter_is_refused(String query) {
        assertThat(server.get(TRANSITIONS + query).status()).isEqualTo(400);
    }

    @Test
    void what_is_not_there_or_elsewhere_is_not_found() {
        server.append(Workspaces.registered("ws-2"));
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN).events());

        for (String path : List.of(
                TRANSITIONS + "/trans-9",
                "/api/v1/workspaces/ws-2/nodes/transition/trans-1",
                "/api/v1/workspaces/ws-2/nodes/operations/trans-1",
                "/api/v1/workspaces/ws-9/nodes/transition")) {
            assertThat(server.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(server.get(TRANSITIONS + "/trans-9")
                        .body()
                        .at("/error/details/resource_type")
                        .asString())
                .isEqualTo("transition");
        assertThat(server.get(TRANSITIONS, server.token("ws-123", "viewer")).status())
                .isEqualTo(200);
    }

    @Test
    void a_read_that_names_a_write_sees_it() {
        String position = server.appendUnseen(
                Transition.to(Placement.SHARED, "trans-1", BEGIN).events(), Map.of());

        var answer =
                server.get(TRANSITIONS + "/trans-1", server.tokenFor(TRANSITIONS), "X-Min-Event-Position", position);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void as_an_operation_it_ends_when_it_says_so_itself() {
        var history = Transition.to(Placement.SHARED, "trans-1", BEGIN);
        assertThat(completions(history)).containsExactly("2024-01-20T11:11:00Z", "2024-01-20T11:11:00Z");

        var late = Transition.to(Placement.SHARED, "trans-2", BEGIN.minusSeconds(60))
                .open();
        assertThat(completions(late))
                .as("from its start, not from its window's")
                .containsExactly("2024-01-20T10:11:00Z", "2024-01-20T10:11:00Z");

        assertThat(completions(
                        Transition.to(Placement.SHARED, "trans-3", BEGIN).open().paused()))
                .isEmpty();
        assertThat(completions(
                        Transition.to(Placement.SHARED, "trans-4", BEGIN).open().turnedBack("BLOCKED")))
                .isEmpty();
    }

    @Test
    void after_a_pause_it_ends_with_what_was_left_then_however_often_it_waits() {
        var history = Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(300))
                .open()
                .backedUp("node-1")
                .backedUp("node-2")
                .migrating()
                .drained("node-1")
                .paused()
                .resumed();
        Instant resumed = history.now().minusSeconds(60);
        Instant end = resumed.plusSeconds(300 + 180);
        history.waits(TransitionStage.BACK_UP, "The storage is busy").backedUp("node-2");

        assertThat(completions(history)).containsExactly(end.toString(), end.toString());
    }

    @Test
    void it_is_an_operation_whose_steps_are_its_stages() {
        server.append(Transition.to(Placement.SHARED, "trans-1", BEGIN.minusSeconds(3_600))
                .open()
                .backedUp("node-1")
                .backedUp("node-2")
                .migrating()
                .drained("node-1")
                .paused()
                .events());

        JsonNode shown =
                server.get("/api/v1/workspaces/ws-123/nodes/operations/trans-1").data();

        assertThat(shown.get("type").asString()).isEqualTo("transition_shared");
        assertThat(shown.get("status").asString()).isEqualTo("running");
        assertThat(shown.get("progress").asInt())
                .as("a pause takes nothing back")
                .isEqualTo(100 * 4 / 7);
        assertThat(shown.has("node_id")).isFalse();
        assertThat(shown.get("requested_by").asString()).isEqualTo("user-1");
        assertThat(shown.get("steps")
                        .valueStream()
                        .map(step -> step.get("step").asString() + " "
                                + step.get("status").asString()))
                .containsExactly(
                        "await_window succeeded",
                        "reserve succeeded",
                        "back_up succeeded",
                        "prepare succeeded",
                        "migrate running",
                        "switch pending",
                        "delete pending");
    }

    private JsonNode one(String id) {
        return server.get(TRANSITIONS + "/" + id).data();
    }

    /** When it is done as an operation, and when by itself. */
    private List<String> completions(Transition history) {
        server.append(history.events());
        String id = history.events().getFirst().transitionId();
        return Stream.of("/api/v1/workspaces/ws-123/nodes/operations/" + id, TRANSITIONS + "/" + id)
                .map(path -> server.get(path).data().path("estimated_completion"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString)
                .toList();
    }

    private List<String> ids(String query) {
        return server.all(TRANSITIONS + query).stream()
                .map(row -> row.get("transition_id").asString())
                .toList();
    }

    private static List<String> progress(JsonNode transition) {
        return transition
                .get("nodes")
                .valueStream()
                .map(node -> "%s %s %s"
                        .formatted(
                                node.get("node_id").asString(),
                                node.get("progress").asString(),
                                node.get("status").asString()))
                .toList();
    }

    private static Instant at(JsonNode transition, String path) {
        return Instant.parse(transition.at(path).asString());
    }
}
