package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the way of a transition while its workloads move: refusals, a window that closes, a change of mind. */
class TransitionTroublesTest {
    private static StandaloneServer server;

    private MovingWorkspace workspace;
    private SimulatorControl control;

    @BeforeAll
    static void start() {
        server = StandaloneServer.own(0.02);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        workspace = new MovingWorkspace(server);
        control = new SimulatorControl(server.runtime(), MovingWorkspace.REGION);
        workspace.apps.start();
    }

    @AfterEach
    void end() throws Exception {
        control.close();
        workspace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rolling", "blue_green", "all_at_once"})
    void anEvictionThatIsRefusedUndoesTheMoveInEitherDirection(String strategy) throws Exception {
        // given
        Set<String> shared = workspace.places();
        String denied = refuseAnEviction();

        // when
        String there = MovingWorkspace.id(workspace.toDedicated(strategy, 1));

        // then
        var failed = workspace.reached(there, "failed");
        assertThat(failed.path("failure").path("stage").asString()).isEqualTo("migrate");
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        runsOn(shared, "shared");
        assertThat(workspace
                        .kubernetes()
                        .namespaces()
                        .withName(workspace.id)
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .doesNotContainKey("scheduler.alpha.kubernetes.io/node-selector");
        assertThat(control.faults().toString()).doesNotContain(denied);

        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        Set<String> ours = nodes.stream().map(node -> node + "-k8s").collect(Collectors.toSet());
        refuseAnEviction();

        // when
        String back = MovingWorkspace.id(workspace.toShared(strategy, Map.of()));

        // then
        assertThat(workspace
                        .reached(back, "failed")
                        .path("failure")
                        .path("stage")
                        .asString())
                .isEqualTo("migrate");
        runsOn(ours, "dedicated");
        for (String node : nodes) {
            assertThat(workspace.providers.isOpen(node)).isTrue();
        }
    }

    @Test
    void aWindowThatClosesPausesBeforeTheNextNodeAndAnotherOneEndsIt() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        asIfEmptyingANodeTook(6);
        // Estimates are made from what was read of late.
        String transition = MovingWorkspace.id(await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> workspace.toShared(
                                "rolling", Map.of("maintenance_window", MovingWorkspace.window(10, 30))),
                        answer -> answer.status() == 202));
        String held = control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 429, 'times': 1000,"
                + " 'match': {'path_regex': '/eviction$'}}");
        var scheduled = workspace.transition(transition);
        assertThat(scheduled.path("status").asString()).isEqualTo("scheduled");

        // when: the first node is empty when too little of the window is left for another
        Instant end =
                Instant.parse(scheduled.path("maintenance_window").path("end").asString());
        await().atMost(Duration.ofMinutes(2)).until(() -> Instant.now().isAfter(end.minusSeconds(5)));
        control.remove(held);
        await().atMost(Duration.ofMinutes(2))
                .until(() -> workspace.transition(transition).has("paused_until"));

        // then
        var paused = workspace.transition(transition);
        assertThat(paused.path("status").asString()).isEqualTo("scheduled");
        assertThat(paused.path("nodes")
                        .valueStream()
                        .map(node -> node.path("progress").asString()))
                .containsExactlyInAnyOrder("drained", "ready");
        assertThat(workspace.apps.areWhole()).isTrue();

        // when
        workspace
                .api()
                .call(
                        "PATCH",
                        workspace.nodesPath() + "/transition/" + transition,
                        Map.of(),
                        Map.of("maintenance_window", MovingWorkspace.window(1)))
                .expect("set another window", 200);

        // then
        workspace.reached(transition, "completed");
        workspace.areGone(nodes);
        assertThat(workspace.placement()).isEqualTo("shared");
        workspace.apps.keptTheirBudgets();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rolling", "blue_green"})
    void aMoveIsCalledOffInItsMidst(String strategy) throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        Set<String> ours = nodes.stream().map(node -> node + "-k8s").collect(Collectors.toSet());
        control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 429, 'times': 3,"
                + " 'match': {'path_regex': '/eviction$'}}");
        String transition = MovingWorkspace.id(workspace.toShared(strategy, Map.of()));

        // when
        callOffInItsMidst(transition);

        // then
        workspace.reached(transition, "cancelled");
        runsOn(ours, "dedicated");
    }

    @Test
    void aStoppedNodeStaysClosedWhenItsTransitionIsCalledOff() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        String stopped = nodes.getFirst();
        workspace
                .api()
                .post(workspace.nodesPath() + "/" + stopped + "/stop", Map.of())
                .expect("stop", 202);
        await().atMost(Duration.ofMinutes(1)).until(() -> statusOf(stopped).equals("stopped"));
        assertThat(workspace.providers.isOpen(stopped)).isFalse();
        control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 429, 'times': 4,"
                + " 'match': {'path_regex': '/eviction$'}}");
        String transition = MovingWorkspace.id(workspace.toShared("all_at_once", Map.of()));

        // when
        callOffInItsMidst(transition);

        // then
        workspace.reached(transition, "cancelled");
        assertThat(workspace.providers.isOpen(stopped)).isFalse();
        assertThat(workspace.providers.isOpen(nodes.getLast())).isTrue();
        assertThat(statusOf(stopped)).isEqualTo("stopped");
    }

    @Test
    void whoHasNoNodesLeftRunsOnSharedNodesAllTheSame() throws Exception {
        try (var empty = new MovingWorkspace(server)) {
            // given
            String node = empty.onDedicatedNodes(1).getFirst();
            empty.api().delete(empty.nodesPath() + "/" + node).expect("delete", 202);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> empty.api().get(empty.nodesPath() + "/" + node).status() == 404);
            assertThat(empty.placement()).isEqualTo("dedicated");

            // when
            String transition = MovingWorkspace.id(empty.toShared("rolling", Map.of()));

            // then
            empty.reached(transition, "completed");
            empty.apps.start();
            assertThat(empty.places()).isNotEmpty().noneMatch(place -> place.startsWith("node-"));
        }
    }

    private static void asIfEmptyingANodeTook(int seconds) {
        var jdbc = server.jdbc();
        jdbc.sql("delete from provisioner.operation_duration where type = 'TRANSITION_DRAIN'")
                .update();
        jdbc.sql("insert into provisioner.operation_duration (type, slot, seconds)"
                        + " select 'TRANSITION_DRAIN', slot, ? from generate_series(0, 9) slot")
                .param(seconds)
                .update();
    }

    private void callOffInItsMidst(String transition) throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workspace
                        .transition(transition)
                        .path("stage")
                        .asString()
                        .equals("migrate"));
        workspace
                .api()
                .post(workspace.nodesPath() + "/transition/" + transition + "/cancel", Map.of())
                .expect("call it off", 202);
    }

    private String statusOf(String node) throws Exception {
        return workspace
                .api()
                .get(workspace.nodesPath() + "/" + node)
                .expect("read " + node, 200)
                .data()
                .path("status")
                .asString();
    }

    private String refuseAnEviction() throws Exception {
        return control.fault(
                "{'target': 'kubernetes', 'fault': 'denied', 'times': 1," + " 'match': {'path_regex': '/eviction$'}}");
    }

    private void runsOn(Set<String> places, String placement) throws Exception {
        assertThat(workspace.apps.areWhole()).isTrue();
        assertThat(places).containsAll(workspace.places());
        assertThat(workspace.placement()).isEqualTo(placement);
        workspace.apps.keptTheirBudgets();
    }
}
