package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A cluster that falls silent in the midst of a transition: it goes on once there are answers again, or it is undone. */
class TransitionSilenceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final TransitionServer SERVER = TransitionServer.with(Map.of("nodeledger.drain.eviction-retry", "1s"));

    private final MovingWorkspace workspace = SERVER.workspace();
    private final SimulatorControl control = SERVER.control();
    private final Silence silence = new Silence(workspace, control);

    @BeforeEach
    void begin() {
        workspace.apps.start();
    }

    @Test
    void aClusterThatFallsSilentHoldsAMoveUpAndEndsNothing() throws Exception {
        // given
        String boot = control.inProxmox("POST", "/status/start$", "'fault': 'partition'");
        String looks = silence.refusedLooks();
        String evictions = refusedAfterALostReply();
        String there = MovingWorkspace.id(workspace.toDedicated("rolling", 2));
        List<String> nodes = MovingWorkspace.nodesOf(workspace.transition(there));
        String lateBoot = letAllBootBut(nodes.getLast(), boot);

        // when
        silence.falls(there, "prepare", looks, "partition");
        silence.falls(there, "migrate", evictions, "status");
        await().atMost(PATIENCE).until(() -> haveAllMoved(there));
        silence.falls(there, "migrate", silence.refusedLooks(), "hang");
        String handover = silence.refusedLooksAtNodes();
        control.remove(lateBoot);
        silence.falls(there, "give_back", handover, "partition");

        // then
        workspace.reached(there, "completed");
        workspace.runsOn(MovingWorkspace.inKubernetes(nodes), "dedicated");

        // given
        String cordons = silence.refusedLooksAtNodes();
        String evictionsBack = refusedAfterALostReply();
        String back = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));

        // when
        silence.falls(back, "migrate", cordons, "status");
        await().atMost(PATIENCE).until(() -> control.happened(evictionsBack) > 0);
        String deletions = silence.refused("GET", "/nodes/[^/]+-k8s$");
        silence.falls(back, "migrate", evictionsBack, "partition");
        silence.falls(back, "delete", deletions, "partition");

        // then
        workspace.reached(back, "completed");
        workspace.areGone(nodes);
        assertThat(workspace.places()).doesNotContainAnyElementsOf(MovingWorkspace.inKubernetes(nodes));
        workspace.runsOn(workspace.places(), "shared");
    }

    @Test
    void aMoveThatIsCalledOffIsUndoneThroughSilence() throws Exception {
        // given
        Set<String> shared = workspace.places();
        String held = heldBackAfterTheFirst();
        String there = MovingWorkspace.id(workspace.toDedicated("blue_green", 1));

        // when
        callOffInSilence(there, held, "move_back");

        // then
        var undone = workspace.reached(there, "cancelled");
        workspace.areGone(MovingWorkspace.nodesOf(undone));
        workspace.runsOn(shared, "shared");

        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        held = heldBackAfterTheFirst();
        String back = MovingWorkspace.id(workspace.toShared("blue_green", Map.of()));

        // when
        callOffInSilence(back, held, "move_back");

        // then
        workspace.reached(back, "cancelled");
        workspace.runsOn(MovingWorkspace.inKubernetes(nodes), "dedicated");
        assertThat(workspace.providers.isOpen(nodes.getFirst())).isTrue();
    }

    @Test
    void whilePodsAreDirectedSilenceHoldsTheMoveUp() throws Exception {
        // given
        String trial = silence.refused("POST", "/namespaces/" + workspace.id + "/pods\\\\?.*dryRun");
        String patches = silence.refused("PATCH", "/daemonsets/agent");
        String there = MovingWorkspace.id(workspace.toDedicated("all_at_once", 1));

        // when
        silence.falls(there, "migrate", trial, "partition");
        silence.falls(there, "migrate", patches, "partition");

        // then
        Set<String> ours = MovingWorkspace.inKubernetes(MovingWorkspace.nodesOf(workspace.reached(there, "completed")));
        workspace.runsOn(ours, "dedicated");
        await().atMost(PATIENCE).until(() -> workspace.apps.agents().equals(ours));
    }

    @Test
    void aMoveThatIsCalledOffWhilePodsAreDirectedLeavesNoTraceOfIt() throws Exception {
        // given
        Set<String> shared = workspace.places();
        Set<String> agents = workspace.apps.agents();
        String patches = silence.refused("PATCH", "/daemonsets/agent");
        String there = MovingWorkspace.id(workspace.toDedicated("all_at_once", 1));

        // when
        callOffInSilence(there, patches, "move_back");

        // then
        List<String> nodes = MovingWorkspace.nodesOf(workspace.reached(there, "cancelled"));
        workspace.areGone(nodes);
        workspace.runsOn(shared, "shared");
        workspace.isDirectedNowhere();
        await().atMost(PATIENCE).until(() -> workspace.apps.agents().equals(agents));
        workspace.hasPaidFor(Set.copyOf(nodes));
    }

    @Test
    void aMoveAwayIsCalledOffOrGoesOnAfterTheLooksBeforeIt() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        workspace.isPlaced("dedicated");
        BigDecimal held = held();
        String first = silence.refusedLooks();
        String calledOff = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));

        // when
        callOffInSilence(calledOff, first, "give_back");

        // then
        workspace.reached(calledOff, "cancelled");
        workspace.runsOn(MovingWorkspace.inKubernetes(nodes), "dedicated");
        assertThat(workspace.providers.isOpen(nodes.getFirst())).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(held()).isEqualByComparingTo(held));

        // when
        String looks = silence.refusedLooks();
        String another = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));
        silence.falls(another, "prepare", looks, "partition");

        // then
        workspace.reached(another, "completed");
        workspace.areGone(nodes);
        workspace.runsOn(workspace.places(), "shared");
        workspace.isDirectedNowhere();
        workspace.hasPaidFor(Set.copyOf(nodes));
    }

    private void callOffInSilence(String transition, String inTheWay, String wayBack) throws Exception {
        await().atMost(PATIENCE).until(() -> control.happened(inTheWay) > 0);
        String looks = silence.refusedLooksAtNodes();
        workspace.callOff(transition);
        control.remove(inTheWay);
        silence.falls(transition, wayBack, looks, "status");
    }

    private BigDecimal held() throws IOException {
        return workspace
                .api()
                .get(workspace.nodesPath() + "/credits")
                .expect("read credits", 200)
                .data()
                .path("held")
                .decimalValue();
    }

    private String refusedAfterALostReply() throws Exception {
        control.inKubernetes("POST", "/eviction$", "'fault': 'lost_reply', 'times': 1");
        return silence.refused("POST", "/eviction$");
    }

    private String heldBackAfterTheFirst() throws Exception {
        control.inKubernetes("POST", "/eviction$", "'fault': 'hang', 'delay_ms': 1, 'times': 1");
        return control.inKubernetes("POST", "/eviction$", "'fault': 'status', 'status': 429");
    }

    /** Answers what holds the last one's boot back. */
    private String letAllBootBut(String last, String held) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> workspace.providers.machineIdsOf(last).size() == 1);
        String late = control.inProxmox("POST", machine(last) + "/status/start$", "'fault': 'partition'");
        control.remove(held);
        return late;
    }

    private String machine(String node) throws Exception {
        return "/qemu/" + workspace.providers.machineIdsOf(node).getFirst();
    }

    private boolean haveAllMoved(String transition) throws IOException {
        return workspace
                .transition(transition)
                .path("workloads")
                .valueStream()
                .allMatch(workload ->
                        workload.path("ready").asInt() == workload.path("pods").asInt());
    }
}
