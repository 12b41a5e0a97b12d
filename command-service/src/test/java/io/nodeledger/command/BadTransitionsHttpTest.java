package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.details;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests about transitions that can't be met: each is refused by the documented code and leaves nothing behind. */
class BadTransitionsHttpTest {
    private static final String DEDICATED = "/transition/dedicated";
    private static final String SHARED = "/transition/shared";
    private static final String ONE_NODE = "{\"node_plan\":\"plan-dedicated-4c8g\",\"node_count\":1}";

    private static RunningWriteDoor door;

    @BeforeAll
    static void start() throws Exception {
        door = RunningWriteDoor.start();
        withANode("ws-asked");
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                 | node_plan required, node_count required
            {'node_plan':'plan-x','node_count':1}                              | node_plan not_found
            {'node_plan':7,'node_count':'1'}                                   | node_plan invalid_type, node_count invalid_type
            {'node_plan':'plan-dedicated-4c8g','node_count':0}                 | node_count out_of_range
            {'node_plan':'plan-dedicated-4c8g','node_count':-1}                | node_count out_of_range
            {'node_plan':'plan-dedicated-4c8g','node_count':501}               | node_count out_of_range
            {'node_plan':'plan-dedicated-4c8g','node_count':99999999999999999} | node_count out_of_range
            {'node_plan':'plan-dedicated-4c8g','node_count':1.5}               | node_count invalid_type
            {'node_plan':'plan-dedicated-4c8g','node_count':1,'region':'moon'} | region not_found
            {'node_plan':'plan-dedicated-4c8g','node_count':1,'migration_strategy':'Rolling'} | migration_strategy unknown_value
            {'node_plan':'plan-dedicated-4c8g','node_count':1,'labels':{'kubernetes.io/x':'y'}} | labels.kubernetes.io/x reserved
            {'node_plan':'plan-dedicated-4c8g','node_count':1,'maintenance_window':{}} | maintenance_window unknown_field
            """)
    void every_bad_field_of_a_move_to_dedicated_nodes_is_named(String body, String expected) throws Exception {
        areRefused(DEDICATED, body, expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'migration_strategy':'slowly','backup_before_migration':'yes'}    | migration_strategy unknown_value, backup_before_migration invalid_type
            {'migration_strategy':null}                                        | migration_strategy invalid_type
            {'maintenance_window':'tonight'}                                   | maintenance_window invalid_type
            {'maintenance_window':{}}                                          | maintenance_window.start required, maintenance_window.end required
            {'maintenance_window':{'start':'2099-01-01T00:00:00','end':1}}     | maintenance_window.start malformed, maintenance_window.end invalid_type
            {'maintenance_window':{'start':'2099-01-01T02:00:00Z','end':'2099-01-01T01:00:00Z'}} | maintenance_window.end out_of_range
            {'maintenance_window':{'start':'2099-01-01T02:00:00Z','end':'2099-01-01T02:00:00.0001Z'}} | maintenance_window.end out_of_range
            {'maintenance_window':{'start':'2001-01-01T02:00:00Z','end':'2099-01-01T02:00:00Z'}} | maintenance_window.start out_of_range
            {'maintenance_window':{'start':'2099-02-30T02:00:00Z','end':'+12099-01-01T02:00:00Z'}} | maintenance_window.start malformed, maintenance_window.end malformed
            {'maintenance_window':{'start':'2099-01-01T02:00:00Z','end':'2099-01-01T04:00:00Z','zone':'UTC'}} | maintenance_window.zone unknown_field
            {'node_plan':'plan-dedicated-4c8g'}                                | node_plan unknown_field
            """)
    void every_bad_field_of_a_move_to_shared_nodes_is_named(String body, String expected) throws Exception {
        areRefused(SHARED, body, expected);
    }

    @Test
    void what_is_no_object_is_refused_everywhere() throws Exception {
        for (String path : List.of(SHARED, DEDICATED)) {
            for (String body : List.of("[]", "7", "{", "{\"node_count\":1,\"node_count\":2}")) {
                assertThat(code(door.admin("ws-asked").post(nodes("ws-asked") + path, body)))
                        .as(path + " " + body)
                        .isEqualTo("400 VALIDATION_ERROR");
            }
        }
    }

    @Test
    void a_window_that_is_too_short_says_what_is_needed_and_exactly_that_is_enough() throws Exception {
        withANode("ws-window");
        var refused = toShared("ws-window", window(Duration.ofHours(1), Duration.ofSeconds(1)));

        assertThat(fields(refused)).containsExactly("maintenance_window too_short");
        long needed = data(toShared("ws-window", window(Duration.ofHours(1), Duration.ofHours(9))))
                .get("estimated_duration_seconds")
                .longValue();
        withANode("ws-exact");
        assertThat(toShared("ws-exact", window(Duration.ofHours(1), Duration.ofSeconds(needed)))
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void who_may_not_or_can_not_see_it_changes_nothing() throws Exception {
        withANode("ws-ours");
        withANode("ws-theirs");
        String theirs = scheduled("ws-theirs");
        long before = door.streams().size();

        for (HttpResponse<String> hidden : List.of(
                door.admin("ws-ours").post(nodes("ws-theirs") + SHARED, "{}"),
                door.admin("ws-ours").post(nodes("ws-theirs") + DEDICATED, ONE_NODE),
                door.admin("ws-ours").post(transition("ws-theirs", theirs) + "/cancel", ""),
                door.admin("ws-ours").patch(transition("ws-theirs", theirs), later()),
                door.admin("ws-ours").post(transition("ws-ours", theirs) + "/cancel", ""),
                door.admin("ws-ours").patch(transition("ws-ours", theirs), later()),
                door.admin("ws-ours").patch(transition("ws-ours", Ids.transition()), later()),
                door.admin("ws-ours").patch(transition("ws-ours", "op-1"), later()))) {
            assertThat(code(hidden)).isEqualTo("404 RESOURCE_NOT_FOUND");
        }
        for (HttpResponse<String> denied : List.of(
                door.caller("ws-ours", "developer").post(nodes("ws-ours") + SHARED, "{}"),
                door.caller("ws-ours", "viewer").post(nodes("ws-ours") + DEDICATED, ONE_NODE),
                door.caller("ws-theirs", "developer").patch(transition("ws-theirs", theirs), later()),
                door.caller("ws-theirs", "developer").post(transition("ws-theirs", theirs) + "/cancel", ""))) {
            assertThat(code(denied)).isEqualTo("403 AUTH_PERMISSION_DENIED");
        }
        assertThat(door.streams()).hasSize((int) before);
    }

    @Test
    void limit_credits_and_suspension_are_checked_for_all_nodes_together() throws Exception {
        withANode("ws-poor");
        var limited = door.admin("ws-poor").post(nodes("ws-poor") + DEDICATED, ONE_NODE.replace("1}", "5}"));
        assertThat(code(limited)).isEqualTo("409 NODE_LIMIT_EXCEEDED");
        assertThat(details(limited).get("current_nodes").intValue()).isEqualTo(1);
        var tooDear = door.admin("ws-poor").post(nodes("ws-poor") + DEDICATED, ONE_NODE.replace("1}", "4}"));
        assertThat(code(tooDear)).isEqualTo("402 INSUFFICIENT_CREDITS");
        assertThat(details(tooDear).get("required_credits").decimalValue()).isEqualByComparingTo("345.60");

        door.operator()
                .put(
                        "/api/v1/admin/workspaces/ws-poor",
                        "{\"plan\":\"pro\",\"region\":\"us-west-2\",\"suspended\":true}");
        assertThat(code(door.admin("ws-poor").post(nodes("ws-poor") + DEDICATED, ONE_NODE)))
                .isEqualTo("403 WORKSPACE_SUSPENDED");
        assertThat(toShared("ws-poor", "{}").statusCode())
                .as("who is suspended may give nodes up")
                .isEqualTo(202);
    }

    @Test
    void one_at_a_time_in_either_direction_and_none_to_where_it_is() throws Exception {
        workspace("ws-one");
        assertThat(code(toShared("ws-one", "{}"))).isEqualTo("409 INVALID_STATE");
        node("ws-one");
        String first = scheduled("ws-one");

        for (HttpResponse<String> second :
                List.of(toShared("ws-one", "{}"), door.admin("ws-one").post(nodes("ws-one") + DEDICATED, ONE_NODE))) {
            assertThat(code(second)).isEqualTo("409 OPERATION_IN_PROGRESS");
            assertThat(details(second).get("operation_id").stringValue()).isEqualTo(first);
        }
    }

    @Test
    void what_is_called_off_stays_so() throws Exception {
        withANode("ws-off");
        String path = transition("ws-off", scheduled("ws-off"));

        var once = door.admin("ws-off").post(path + "/cancel", "");
        var twice = door.admin("ws-off").post(path + "/cancel", "");

        assertThat(once.statusCode()).isEqualTo(202);
        assertThat(data(once).get("status").stringValue()).isEqualTo("scheduled");
        assertThat(twice.body()).isEqualTo(once.body());
        assertThat(code(door.admin("ws-off").patch(path, later()))).isEqualTo("409 INVALID_STATE");
    }

    @Test
    void a_move_to_dedicated_nodes_has_no_window() throws Exception {
        workspace("ws-there");
        String begun = data(door.admin("ws-there").post(nodes("ws-there") + DEDICATED, ONE_NODE))
                .get("transition_id")
                .stringValue();

        assertThat(code(door.admin("ws-there").patch(transition("ws-there", begun), later())))
                .isEqualTo("409 INVALID_STATE");
        assertThat(fields(door.admin("ws-there").patch(transition("ws-there", begun), "{}")))
                .containsExactly("maintenance_window required");
    }

    private static void areRefused(String route, String body, String expected) throws Exception {
        var answer = door.admin("ws-asked").post(nodes("ws-asked") + route, body.replace('\'', '"'));

        assertThat(code(answer)).as(answer.body()).isEqualTo("400 VALIDATION_ERROR");
        assertThat(fields(answer))
                .containsExactlyInAnyOrder(
                        Stream.of(expected.split(",")).map(String::strip).toArray(String[]::new));
    }

    private static String scheduled(String workspace) throws Exception {
        return data(toShared(workspace, later())).get("transition_id").stringValue();
    }

    private static HttpResponse<String> toShared(String workspace, String body) throws Exception {
        return door.admin(workspace).post(nodes(workspace) + SHARED, body);
    }

    private static String later() {
        return window(Duration.ofDays(1), Duration.ofHours(4));
    }

    private static String window(Duration ahead, Duration length) {
        Instant start = Instant.now().plus(ahead);
        return "{\"maintenance_window\":{\"start\":\"%s\",\"end\":\"%s\"}}".formatted(start, start.plus(length));
    }

    private static void withANode(String workspace) throws Exception {
        workspace(workspace);
        node(workspace);
    }

    private static void node(String workspace) throws Exception {
        var made = door.admin(workspace)
                .post(nodes(workspace), "{\"name\":\"prod-1\",\"plan_id\":\"plan-dedicated-4c8g\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(202);
    }

    private static void workspace(String id) throws Exception {
        String path = "/api/v1/admin/workspaces/" + id;
        door.operator().put(path, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}");
        door.operator().post(path + "/credits", "{\"amount\":400}");
    }

    private static String transition(String workspace, String id) {
        return nodes(workspace) + "/transition/" + id;
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }
}
