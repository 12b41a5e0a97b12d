package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.api.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A workspace moves to dedicated nodes and back, by every strategy, with real workloads. */
class PlanTransitionTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TransitionServer SERVER = TransitionServer.with(Map.of());

    private final MovingWorkspace workspace = SERVER.workspace();
    private final SimulatorControl control = SERVER.control();

    @ParameterizedTest
    @ValueSource(strings = {"rolling", "blue_green", "all_at_once"})
    void aWorkspaceMovesToDedicatedNodesAndBack(String strategy) throws Exception {
        workspace.apps.start();
        workspace.apps.job("batch");
        workspace.apps.barePod("alone");

        // when
        Answer begun = workspace.toDedicated(strategy, 2);

        // then
        String there = MovingWorkspace.id(begun);
        assertThat(begun.data().path("status").asString()).isEqualTo("provisioning");
        assertThat(begun.data().path("nodes_being_provisioned").size()).isEqualTo(2);
        assertThat(begun.data()
                        .path("cost_impact")
                        .path("additional_cost_per_month")
                        .decimalValue())
                .isEqualByComparingTo("172.80");
        var arrived = workspace.reached(there, "completed");
        List<String> nodes = MovingWorkspace.nodesOf(arrived);
        Set<String> ours = MovingWorkspace.inKubernetes(nodes);
        assertThat(ours).containsAll(workspace.places());
        assertThat(workspace.apps.areWhole()).isTrue();
        await().atMost(PATIENCE).until(() -> workspace.apps.agents().equals(ours));
        workspace.isPlaced("dedicated");
        assertThat(arrived.path("unmanaged_pods").toString()).contains("alone");
        assertThat(workspace.toDedicated(strategy, 1).errorCode()).isEqualTo("INVALID_STATE");

        // when
        workspace.kubernetes().batch().v1().jobs().inNamespace(workspace.id).delete();
        Answer asked = workspace.toShared(
                strategy, Map.of("maintenance_window", MovingWorkspace.window(1), "backup_before_migration", true));

        // then
        String back = MovingWorkspace.id(asked);
        assertThat(asked.data().path("status").asString()).isEqualTo("scheduled");
        assertThat(asked.data().path("cost_impact").path("savings_per_month").decimalValue())
                .isEqualByComparingTo("172.80");
        var returned = workspace.reached(back, "completed");
        assertThat(returned.path("nodes").valueStream())
                .allSatisfy(
                        node -> assertThat(node.path("backup").path("volume_id").asString(""))
                                .contains("vzdump-qemu-"));
        assertThat(workspace.apps.areWhole()).isTrue();
        assertThat(workspace.places()).isNotEmpty().doesNotContainAnyElementsOf(ours);
        workspace.isPlaced("shared");
        workspace.areGone(nodes);
        workspace.apps.keptTheirBudgets();
        var entries = workspace
                .api()
                .get(workspace.nodesPath() + "/audit?limit=200")
                .expect("read the trail", 200)
                .data();
        assertThat(entries.valueStream().map(entry -> entry.path("type").asString()))
                .contains(
                        "transition.started",
                        "transition.scheduled",
                        "transition.node_backed_up",
                        "transition.completed");
    }

    /** They begin to move when the first node is ready, and have room on both only. */
    @Test
    void podsThatNeedAllNodesMoveAsTheseAreMade() throws Exception {
        workspace.apps.start();
        workspace.apps.deployment("large", 4, "1500m");
        control.fault("{'target': 'proxmox', 'fault': 'task_hang', 'times': 1, 'delay_ms': 3000,"
                + " 'match': {'path_regex': '/status/start$'}}");

        String transition = MovingWorkspace.id(workspace.toDedicated("rolling", 2));

        var arrived = workspace.reached(transition, "completed");
        assertThat(workspace.places())
                .containsExactlyInAnyOrderElementsOf(MovingWorkspace.nodesOf(arrived).stream()
                        .map(node -> node + "-k8s")
                        .toList());
        assertThat(workspace.apps.areWhole()).isTrue();
        workspace.apps.keptTheirBudgets();
    }

    @Test
    void aNodeThatCanNotBeMadeUndoesItAll() throws Exception {
        workspace.apps.start();
        Set<String> before = workspace.places();
        control.fault("{'target': 'proxmox', 'fault': 'task_failure', 'times': 1, 'reason': 'out of space',"
                + " 'match': {'path_regex': '/resize$'}}");

        String transition = MovingWorkspace.id(workspace.toDedicated("rolling", 2));

        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("PROVISIONING_FAILED");
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        isAsBefore(before);
    }

    @Test
    void aBudgetThatLetsNobodyGoUndoesItAll() throws Exception {
        workspace.apps.start();
        workspace.apps.deployment("stubborn", 1);
        workspace.apps.budget("stubborn", 1);
        Set<String> before = workspace.places();

        String transition = MovingWorkspace.id(workspace.toDedicated("blue_green", 1));

        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("MIGRATION_BLOCKED");
        assertThat(failed.path("failure").path("reason").asString()).contains("stubborn");
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        isAsBefore(before);
    }

    @Test
    void aBackupThatFailsLeavesTheNodesToTheirUsers() throws Exception {
        workspace.apps.start();
        List<String> nodes = workspace.onDedicatedNodes(1);
        control.fault("{'target': 'proxmox', 'fault': 'denied', 'match': {'path_regex': '/vzdump$'}}");

        String transition = MovingWorkspace.id(workspace.toShared("rolling", Map.of("backup_before_migration", true)));

        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("stage").asString()).isEqualTo("back_up");
        workspace.isPlaced("dedicated");
        assertThat(workspace.providers.isOpen(nodes.getFirst())).isTrue();
        workspace
                .api()
                .post(workspace.nodesPath() + "/" + nodes.getFirst() + "/reboot", Map.of())
                .expect("reboot a node that is its users' again", 202);
    }

    @Test
    void whatIsCalledOffIsUndone() throws Exception {
        workspace.apps.start();
        Set<String> before = workspace.places();
        String held = control.inProxmox("POST", "/status/start$", "'fault': 'partition'");
        String transition = MovingWorkspace.id(workspace.toDedicated("blue_green", 2));

        workspace.callOff(transition);
        control.remove(held);

        var cancelled = workspace.reached(transition, "cancelled");
        workspace.areGone(MovingWorkspace.nodesOf(cancelled));
        isAsBefore(before);
    }

    @Test
    void oneTransitionAtATimeAndNoOperationBesideIt() throws Exception {
        workspace.apps.start();
        List<String> nodes = workspace.onDedicatedNodes(1);
        String held = control.inProxmox("POST", "/vzdump$", "'fault': 'partition'");
        String transition =
                MovingWorkspace.id(workspace.toShared("all_at_once", Map.of("backup_before_migration", true)));
        await().atMost(PATIENCE)
                .until(() -> workspace
                        .transition(transition)
                        .path("status")
                        .asString()
                        .equals("backing_up"));

        for (Answer refused : List.of(
                workspace.toShared("rolling", Map.of()),
                workspace.toDedicated("rolling", 1),
                workspace.api().post(workspace.nodesPath() + "/" + nodes.getFirst() + "/stop", Map.of()),
                workspace.api().delete(workspace.nodesPath() + "/" + nodes.getFirst()))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.errorCode()).isEqualTo("OPERATION_IN_PROGRESS");
            assertThat(refused.body()
                            .path("error")
                            .path("details")
                            .path("operation_id")
                            .asString())
                    .isEqualTo(transition);
        }
        control.remove(held);
        workspace.reached(transition, "completed");
        workspace.areGone(nodes);
    }

    @Test
    void badRequestsNameTheirFields() throws Exception {
        assertThat(workspace
                        .toShared("rolling", Map.of("maintenance_window", Map.of("start", "tomorrow")))
                        .errorCode())
                .isEqualTo("VALIDATION_ERROR");
        assertThat(workspace
                        .toShared("rolling", Map.of("maintenance_window", MovingWorkspace.window(-60)))
                        .body()
                        .toString())
                .contains("maintenance_window.start");
        assertThat(workspace.toShared("slowly", Map.of()).body().toString()).contains("migration_strategy");
        assertThat(workspace.toDedicated("rolling", 0).body().toString()).contains("node_count");
        assertThat(workspace.toShared("rolling", Map.of()).errorCode()).isEqualTo("INVALID_STATE");
        assertThat(workspace
                        .api()
                        .post(workspace.nodesPath() + "/transition/trans-1/cancel", Map.of())
                        .status())
                .isEqualTo(404);
    }

    /** No budget was broken, every pod runs, and where it ran before. */
    private void isAsBefore(Set<String> places) throws Exception {
        assertThat(workspace.apps.areWhole()).isTrue();
        assertThat(places).containsAll(workspace.places());
        workspace.isPlaced("shared");
        workspace.apps.keptTheirBudgets();
    }
}
