package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A transition that gets no further is undone when its patience is out; where there is no way back people are asked, once. */
class TransitionPatienceTest {
    private static final Duration AT_MOST = Duration.ofMinutes(3);

    @RegisterExtension
    static final TransitionServer SERVER = TransitionServer.with(
            Map.of("nodeledger.transition.patience", "15s", "nodeledger.drain.eviction-retry", "1s"));

    private final MovingWorkspace workspace = SERVER.workspace();
    private final SimulatorControl control = SERVER.control();

    @BeforeEach
    void begin() {
        workspace.apps.start();
    }

    @Test
    void whatGetsNoFurtherIsUndoneAndPeopleAreAskedWhereThatGetsNoFurtherEither() throws Exception {
        // given
        Set<String> shared = workspace.places();
        control.fault("{'target': 'kubernetes', 'fault': 'hang', 'delay_ms': 1, 'times': 1,"
                + " 'match': {'path_regex': '/eviction$'}}");
        String held = control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 429,"
                + " 'match': {'path_regex': '/eviction$'}}");

        // when
        String transition = MovingWorkspace.id(workspace.toDedicated("blue_green", 1));

        // then
        var asked = askedAt(transition, "move_back");
        assertThat(asked.path("failure").path("code").asString()).isEqualTo("TRANSITION_TIMEOUT");
        assertThat(asked.path("failure").path("stage").asString()).isEqualTo("migrate");
        assertThat(asked.path("rolling_back").asBoolean()).isTrue();
        assertThat(asked.path("waiting_for").path("reason").asString()).contains("Held back");
        assertThat(workspace.apps.areWhole()).isTrue();

        // when
        int tried = control.happened(held);
        await().atMost(AT_MOST).until(() -> control.happened(held) > tried + 1);
        control.remove(held);

        // then
        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("TRANSITION_TIMEOUT");
        assertThat(failed.has("waiting_for")).isFalse();
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        assertThat(shared).containsAll(workspace.places());
        endedWell(transition);
    }

    @Test
    void afterTheSwitchPeopleAreAskedOnceAndItEndsWhenTheObstacleIsGone() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        int machine = workspace.providers.machineIdsOf(nodes.getFirst()).getFirst();
        String unreachable = control.fault("{'target': 'proxmox', 'fault': 'partition',"
                + " 'match': {'method': 'DELETE', 'path_regex': '/qemu/%d$'}}".formatted(machine));

        // when
        String transition = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));

        // then
        var asked = askedAt(transition, "delete");
        assertThat(asked.has("failure")).isFalse();
        assertThat(asked.path("waiting_for").path("reason").asString()).contains(nodes.getFirst());
        assertThat(workspace.providers.machineIdsOf(nodes.getFirst())).containsExactly(machine);

        // when
        int tried = control.happened(unreachable);
        await().atMost(AT_MOST).until(() -> control.happened(unreachable) > tried + 1);
        control.remove(unreachable);

        // then
        workspace.reached(transition, "completed");
        workspace.areGone(nodes);
        endedWell(transition);
    }

    private JsonNode askedAt(String transition, String stage) {
        return await().atMost(AT_MOST)
                .until(
                        () -> workspace.transition(transition),
                        now -> now.path("stage").asString("").equals(stage)
                                && now.path("waiting_for")
                                        .path("needs_attention")
                                        .asBoolean());
    }

    private void endedWell(String transition) throws Exception {
        assertThat(workspace.apps.areWhole()).isTrue();
        workspace.isPlaced("shared");
        workspace.apps.keptTheirBudgets();
        var entries = workspace
                .api()
                .get(workspace.nodesPath() + "/audit?limit=200")
                .expect("read the trail", 200)
                .data();
        assertThat(entries.valueStream())
                .filteredOn(entry -> entry.toString().contains(transition))
                .filteredOn(entry -> entry.path("type").asString().equals("transition.needs_attention"))
                .hasSize(1);
    }
}
