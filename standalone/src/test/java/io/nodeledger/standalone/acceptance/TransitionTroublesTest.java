package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the way of a transition while its workloads move: refusals, a window that closes, a change of mind. */
class TransitionTroublesTest {
    @RegisterExtension
    static final TransitionServer SERVER = TransitionServer.with(Map.of());

    private final MovingWorkspace workspace = SERVER.workspace();
    private final SimulatorControl control = SERVER.control();

    @BeforeEach
    void begin() {
        workspace.apps.start();
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
        workspace.runsOn(shared, "shared");
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
        Set<String> ours = MovingWorkspace.inKubernetes(nodes);
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
        workspace.runsOn(ours, "dedicated");
        for (String node : nodes) {
            assertThat(workspace.providers.isOpen(node)).isTrue();
        }
    }

    @Test
    void aWindowThatClosesPausesBeforeTheNextNodeAndAnotherOneEndsIt() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        SERVER.asIfEmptyingANodeTook(8);
        // Estimates are made from what was read of late.
        String transition = MovingWorkspace.id(await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> workspace.toShared(
                                "rolling", Map.of("maintenance_window", MovingWorkspace.window(10, 30))),
                        answer -> answer.status() == 202));
        String held = holdEvictions();
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
        workspace.isPlaced("shared");
        workspace.apps.keptTheirBudgets();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rolling", "blue_green"})
    void aMoveIsCalledOffInItsMidst(String strategy) throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        Set<String> ours = MovingWorkspace.inKubernetes(nodes);
        String held = holdEvictions();
        String transition = MovingWorkspace.id(workspace.toShared(strategy, Map.of()));

        // when
        callOffInItsMidst(transition, held);

        // then
        workspace.reached(transition, "cancelled");
        workspace.runsOn(ours, "dedicated");
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
        String held = holdEvictions();
        String transition = MovingWorkspace.id(workspace.toShared("all_at_once", Map.of()));

        // when
        callOffInItsMidst(transition, held);

        // then
        workspace.reached(transition, "cancelled");
        assertThat(workspace.providers.isOpen(stopped)).isFalse();
        assertThat(workspace.providers.isOpen(nodes.getLast())).isTrue();
        assertThat(statusOf(stopped)).isEqualTo("stopped");
    }

    @Test
    void whoHasNoNodesLeftRunsOnSharedNodesAllTheSame() throws Exception {
        // given
        var empty = SERVER.workspace();
        String node = empty.onDedicatedNodes(1).getFirst();
        empty.api().delete(empty.nodesPath() + "/" + node).expect("delete", 202);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> empty.api().get(empty.nodesPath() + "/" + node).status() == 404);
        empty.isPlaced("dedicated");

        // when
        String transition = MovingWorkspace.id(empty.toShared("rolling", Map.of()));

        // then
        empty.reached(transition, "completed");
        empty.apps.start();
        assertThat(empty.places()).isNotEmpty().noneMatch(place -> place.startsWith("node-"));
    }

    /** What is lost can't be backed up, and whoever wants that is told before anything is touched. */
    @Test
    void nodesThatDoNotWorkAreGivenUpLikeAllOthersButForTheirBackups() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        String stopped = another("stopped");
        String lost = another("lost");
        workspace
                .api()
                .post(workspace.nodesPath() + "/" + stopped + "/stop", Map.of())
                .expect("stop", 202);
        control.vanish(workspace.providers.machineIdsOf(lost).getFirst());
        await().atMost(Duration.ofMinutes(2))
                .until(() ->
                        statusOf(stopped).equals("stopped") && statusOf(lost).equals("error"));

        // when
        String backedUp = MovingWorkspace.id(workspace.toShared("rolling", Map.of("backup_before_migration", true)));

        // then
        var failed = workspace.reached(backedUp, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("MACHINE_VANISHED");
        assertThat(failed.path("failure").path("reason").asString()).contains("Backup of lost");
        workspace.runsOn(MovingWorkspace.inKubernetes(nodes), "dedicated");

        // when
        String transition = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));

        // then
        workspace.reached(transition, "completed");
        workspace.areGone(List.of(nodes.getFirst(), stopped, lost));
        workspace.runsOn(workspace.places(), "shared");
        workspace.isDirectedNowhere();
    }

    @Test
    void aNodeThatIsBeingDeletedIsWaitedForAndIsNoneOfIts() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        String leaving = another("leaving");
        String slow = control.inProxmox("DELETE", "/qemu/[0-9]+$", "'fault': 'partition'");
        workspace.api().delete(workspace.nodesPath() + "/" + leaving).expect("delete", 202);
        await().atMost(Duration.ofMinutes(1)).until(() -> control.happened(slow) > 0);

        // when
        String transition = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));
        await().atMost(Duration.ofMinutes(1)).until(() -> workspace.isAt(transition, "reserve"));
        control.remove(slow);

        // then
        var moved = workspace.reached(transition, "completed");
        assertThat(MovingWorkspace.nodesOf(moved)).containsExactlyElementsOf(nodes);
        workspace.areGone(List.of(nodes.getFirst(), leaving));
    }

    /** A node that runs nothing: pods stay where they are. */
    private String another(String name) throws Exception {
        String node = workspace
                .api()
                .post(workspace.nodesPath(), Map.of("name", name, "plan_id", "plan-dedicated-4c8g"))
                .expect("make " + name, 202)
                .data()
                .path("id")
                .asString();
        await().atMost(Duration.ofMinutes(1)).until(() -> statusOf(node).equals("running"));
        return node;
    }

    private void callOffInItsMidst(String transition, String held) throws Exception {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> workspace.isAt(transition, "migrate") && control.happened(held) > 0);
        workspace.callOff(transition);
        control.remove(held);
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

    private String holdEvictions() throws Exception {
        return control.inKubernetes("POST", "/eviction$", "'fault': 'status', 'status': 429");
    }

    private String refuseAnEviction() throws Exception {
        return control.fault(
                "{'target': 'kubernetes', 'fault': 'denied', 'times': 1," + " 'match': {'path_regex': '/eviction$'}}");
    }
}
