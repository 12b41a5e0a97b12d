package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in the way of a transition while its workloads move: refusals, a window that closes, a change of mind. */
class TransitionTroublesTest {
    private static StandaloneServer server;

    private MovingWorkspace workspace;
    private SimulatorControl control;

    @BeforeAll
    static void start() {
        server = StandaloneServer.own(0.02);
        // As if emptying a node had taken six seconds of late.
        var jdbc = server.context().getBean(JdbcClient.class);
        IntStream.range(0, 10)
                .forEach(slot -> jdbc.sql("insert into provisioner.operation_duration (type, slot, seconds)"
                                + " values ('TRANSITION_DRAIN', ?, 6)")
                        .param(slot)
                        .update());
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
        var wish = Map.<String, Object>of("maintenance_window", MovingWorkspace.window(45, 12));
        String transition = MovingWorkspace.id(await().atMost(Duration.ofSeconds(40))
                .until(() -> workspace.toShared("rolling", wish), answer -> answer.status() == 202));
        // Held back twice for five seconds: more than is left of the window.
        control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 429, 'times': 2,"
                + " 'match': {'path_regex': '/eviction$'}}");
        assertThat(workspace.transition(transition).path("status").asString()).isEqualTo("scheduled");

        // when
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
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workspace
                        .transition(transition)
                        .path("stage")
                        .asString()
                        .equals("migrate"));

        // when
        workspace
                .api()
                .post(workspace.nodesPath() + "/transition/" + transition + "/cancel", Map.of())
                .expect("call it off", 202);

        // then
        workspace.reached(transition, "cancelled");
        runsOn(ours, "dedicated");
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
