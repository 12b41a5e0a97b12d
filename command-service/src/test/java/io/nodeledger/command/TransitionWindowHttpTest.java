package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.data;
import static io.nodeledger.command.ApiCaller.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.transition.TransitionEvent.TransitionPaused;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How far ahead a window may be: nothing waits for it for ever. */
class TransitionWindowHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-1/nodes";

    private static RunningWriteDoor door;

    @BeforeAll
    static void aWorkspaceWithANode() throws Exception {
        door = RunningWriteDoor.start();
        String workspace = "/api/v1/admin/workspaces/ws-1";
        door.operator().put(workspace, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}");
        door.operator().post(workspace + "/credits", "{\"amount\":1000}");
        door.admin("ws-1").post(NODES, "{\"name\":\"prod-1\",\"plan_id\":\"plan-dedicated-4c8g\"}");
    }

    @AfterAll
    static void stop() {
        door.close();
    }

    @Test
    void it_begins_within_ninety_days_and_in_a_pause_before_that_ends() throws Exception {
        // given
        assertThat(fields(toShared(Duration.ofDays(91)))).containsExactly("maintenance_window.start out_of_range");
        var scheduled = toShared(Duration.ofDays(89));
        assertThat(scheduled.statusCode()).as(scheduled.body()).isEqualTo(202);
        String transition = data(scheduled).get("transition_id").stringValue();
        String path = NODES + "/transition/" + transition;

        // when
        assertThat(fields(door.admin("ws-1").patch(path, window(Duration.ofDays(3_650)))))
                .containsExactly("maintenance_window.start out_of_range");
        pauseUntil(transition, Instant.now().plus(Duration.ofDays(7)));

        // then
        assertThat(fields(door.admin("ws-1").patch(path, window(Duration.ofDays(8)))))
                .containsExactly("maintenance_window.start out_of_range");
        assertThat(door.admin("ws-1").patch(path, window(Duration.ofDays(6))).statusCode())
                .isEqualTo(200);
    }

    private static HttpResponse<String> toShared(Duration ahead) throws Exception {
        return door.admin("ws-1").post(NODES + "/transition/shared", window(ahead));
    }

    private static String window(Duration ahead) {
        Instant start = Instant.now().plus(ahead);
        return "{\"maintenance_window\":{\"start\":\"%s\",\"end\":\"%s\"}}"
                .formatted(start, start.plus(Duration.ofHours(4)));
    }

    private static void pauseUntil(String transition, Instant until) {
        var paused = new TransitionPaused(transition, "ws-1", "Missed", until, Instant.now());
        door.service()
                .getBean(EventStore.class)
                .publish(List.of(new GenericDomainEventMessage<>("PlanTransition", transition, 1, paused)));
    }
}
