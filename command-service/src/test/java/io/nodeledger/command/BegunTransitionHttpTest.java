package io.nodeledger.command;

import static io.nodeledger.command.ApiCaller.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.transition.TransitionDurations;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the answer to a transition to dedicated nodes expects. */
class BegunTransitionHttpTest {
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
    void nodes_are_paid_for_before_workloads_run_on_them() throws Exception {
        String workspace = "/api/v1/admin/workspaces/ws-1";
        door.operator().put(workspace, "{\"plan\":\"pro\",\"region\":\"us-west-2\"}");
        door.operator().post(workspace + "/credits", "{\"amount\":1000}");

        var begun = data(door.admin("ws-1")
                .post(
                        "/api/v1/workspaces/ws-1/nodes/transition/dedicated",
                        "{\"node_plan\":\"plan-dedicated-4c8g\",\"node_count\":2}"));

        Instant paid = Instant.parse(begun.at("/cost_impact/effective_date").stringValue());
        Instant there = Instant.parse(begun.get("estimated_completion").stringValue());
        assertThat(Duration.between(paid, there)).isEqualTo(Duration.ofSeconds(TransitionDurations.USUAL.migrate()));
    }
}
