package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.code;
import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.details;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A transition is called off where its answer said that it can be found: among the operations. */
class CancelledTransitionHttpTest {
    private static final String DEDICATED =
            "{\"node_plan\":\"plan-dedicated-4c8g\",\"node_count\":1,\"region\":\"us-west-2\"}";

    private static RunningWriteDoor door;

    @BeforeAll
    static void start() {
        door = RunningWriteDoor.start();
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void where_its_operation_location_points_it_can_be_called_off() throws Exception {
        var begun = begun("ws-a");
        String transition = data(begun).get("transition_id").stringValue();
        String location = begun.headers().firstValue("Operation-Location").orElseThrow();

        var answer = door.admin("ws-a").post(location + "/cancel", "");
        var again = door.admin("ws-a").post(location + "/cancel", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(data(answer).toString()).isEqualTo("{\"id\":\"%s\",\"status\":\"running\"}".formatted(transition));
        assertThat(answer.headers().firstValue("Operation-Location")).hasValue(location);
        assertThat(answer.headers().firstValue("X-Event-Position")).isPresent();
        assertThat(again.body()).isEqualTo(answer.body());
        assertThat(door.eventsOf(transition)).containsExactly("DedicatedTransitionStarted", "TransitionTurnedBack");
    }

    @Test
    void it_takes_the_permission_that_beginning_one_took() throws Exception {
        String transition = data(begun("ws-b")).get("transition_id").stringValue();

        var answer = door.caller("ws-b", "developer").post(operation("ws-b", transition), "");

        assertThat(code(answer)).isEqualTo("403 AUTH_PERMISSION_DENIED");
        assertThat(details(answer).get("required_permission").stringValue()).isEqualTo("nodes:transition");
        assertThat(door.eventsOf(transition)).containsExactly("DedicatedTransitionStarted");
    }

    @Test
    void another_workspaces_and_one_that_never_was_are_not_found() throws Exception {
        String transition = data(begun("ws-c")).get("transition_id").stringValue();
        workspace("ws-d");

        for (String id : new String[] {transition, Ids.transition(), "trans-1"}) {
            assertThat(code(door.admin("ws-d").post(operation("ws-d", id), "")))
                    .as(id)
                    .isEqualTo("404 RESOURCE_NOT_FOUND");
        }
    }

    private static HttpResponse<String> begun(String workspace) throws Exception {
        workspace(workspace);
        var begun = door.admin(workspace).post(nodes(workspace) + "/transition/dedicated", DEDICATED);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        return begun;
    }

    private static void workspace(String id) throws Exception {
        String path = "/api/v1/admin/workspaces/" + id;
        door.operator().put(path, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}");
        door.operator().post(path + "/credits", "{\"amount\":1000}");
    }

    private static String operation(String workspace, String id) {
        return nodes(workspace) + "/operations/" + id + "/cancel";
    }

    private static String nodes(String workspace) {
        return "/api/v1/workspaces/" + workspace + "/nodes";
    }
}
