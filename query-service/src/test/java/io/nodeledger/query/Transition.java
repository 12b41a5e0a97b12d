package io.nodeledger.query;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.TransitionStage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the history of one transition of {@code ws-123} with two nodes, a minute per event, as the write side would. */
public final class Transition {
    public static final List<String> NODES = List.of("node-1", "node-2");
    public static final String WORKSPACE = "ws-123";

    private final String id;
    private final List<TransitionEvent> events = new ArrayList<>();
    private Instant now;

    private Transition(String id, Instant begin) {
        this.id = id;
        this.now = begin;
    }

    /** One that has just begun, or is scheduled for a window that opens in an hour, with backups. */
    public static Transition to(Placement target, String id, Instant begin) {
        var history = new Transition(id, begin);
        return target == Placement.DEDICATED
                ? history.add(new TransitionEvent.DedicatedTransitionStarted(
                        id,
                        WORKSPACE,
                        "ns-ws-123",
                        MigrationStrategy.BLUE_GREEN,
                        "us-west-2",
                        "plan-dedicated-8c16g",
                        new BigDecimal("0.24"),
                        nodes(),
                        begin.plusSeconds(1_200),
                        TransitionDurations.USUAL,
                        begin))
                : history.add(new TransitionEvent.SharedTransitionScheduled(
                        id,
                        WORKSPACE,
                        "ns-ws-123",
                        MigrationStrategy.ROLLING,
                        window(begin),
                        true,
                        NODES,
                        660,
                        180,
                        TransitionDurations.USUAL,
                        begin));
    }

    /** The window that a history with this beginning first has. */
    public static MaintenanceWindow window(Instant begin) {
        return new MaintenanceWindow(begin.plusSeconds(3_600), begin.plusSeconds(7_200));
    }

    public List<TransitionEvent> events() {
        return List.copyOf(events);
    }

    public Instant now() {
        return now;
    }

    public Transition open() {
        return add(new TransitionEvent.SharedTransitionStarted(id, WORKSPACE, NODES, now))
                .add(new TransitionEvent.NodesReserved(id, WORKSPACE, nodes(), now));
    }

    public Transition backedUp(String node) {
        return add(new TransitionEvent.BackupStarted(id, WORKSPACE, node, "UPID:pve-1:1", now))
                .add(new TransitionEvent.NodeBackedUp(id, WORKSPACE, node, "backup:vzdump-" + node, 4_096, now));
    }

    public Transition migrating() {
        return add(new TransitionEvent.MigrationStarted(
                id,
                WORKSPACE,
                Map.of("us-west-2", List.of("ns-ws-123")),
                Map.of("us-west-2|ns-ws-123|Deployment|web", 1),
                List.of("ns-ws-123/once"),
                now));
    }

    public Transition waits(TransitionStage stage, String reason) {
        return add(new TransitionEvent.TransitionDelayed(id, WORKSPACE, stage, reason, now));
    }

    public Transition ready(String node) {
        return add(new TransitionEvent.TransitionNodeReady(id, WORKSPACE, node, now));
    }

    public Transition drained(String node) {
        return add(new TransitionEvent.TransitionNodeDrained(id, WORKSPACE, node, now));
    }

    public Transition removed(String node) {
        return add(new TransitionEvent.TransitionNodeRemoved(id, WORKSPACE, node, now));
    }

    public Transition switched(Placement placement) {
        return add(new TransitionEvent.WorkloadsMoved(id, WORKSPACE, 12, now))
                .add(new TransitionEvent.PlacementSwitched(id, WORKSPACE, placement, now));
    }

    public Transition completed() {
        return add(new TransitionEvent.TransitionCompleted(id, WORKSPACE, now));
    }

    /** To dedicated nodes, without any trouble. */
    public Transition moved() {
        return ready("node-1")
                .ready("node-2")
                .migrating()
                .switched(Placement.DEDICATED)
                .givenBack()
                .completed();
    }

    public Transition paused() {
        return add(
                new TransitionEvent.TransitionPaused(id, WORKSPACE, "The window closes", now.plusSeconds(86_400), now));
    }

    public Transition resumed() {
        return add(new TransitionEvent.WindowChanged(
                        id, WORKSPACE, new MaintenanceWindow(now.plusSeconds(60), now.plusSeconds(3_600)), now))
                .add(new TransitionEvent.TransitionResumed(id, WORKSPACE, now));
    }

    public Transition turnedBack(String code) {
        return add(new TransitionTurnedBack(id, WORKSPACE, code, "Because", now));
    }

    public Transition stuck() {
        return add(new TransitionEvent.TransitionNeedsAttention(
                id, WORKSPACE, TransitionStage.MOVE_BACK, "No shared node has room", now));
    }

    public Transition movedBack() {
        return add(new TransitionEvent.WorkloadsMovedBack(id, WORKSPACE, now));
    }

    public Transition givenBack() {
        return add(new TransitionEvent.NodesGivenBack(id, WORKSPACE, now));
    }

    /** While it is scheduled. */
    public Transition cancelled() {
        return turnedBack(TransitionTurnedBack.CANCELLED)
                .add(new TransitionEvent.TransitionCancelled(id, WORKSPACE, now));
    }

    /** While it is open. */
    public Transition failed() {
        return backedUp("node-1")
                .migrating()
                .turnedBack("BLOCKED")
                .stuck()
                .movedBack()
                .givenBack()
                .add(new TransitionEvent.TransitionFailed(id, WORKSPACE, "BLOCKED", "Because", now));
    }

    /** To shared nodes, with a pause. */
    public Transition everything() {
        return open().backedUp("node-1")
                .backedUp("node-2")
                .migrating()
                .waits(TransitionStage.MIGRATE, "A budget allows no eviction")
                .drained("node-1")
                .paused()
                .resumed()
                .backedUp("node-2")
                .drained("node-2")
                .switched(Placement.SHARED)
                .removed("node-1")
                .removed("node-2")
                .completed();
    }

    private static List<TransitionNode> nodes() {
        return NODES.stream()
                .map(node -> new TransitionNode(
                        node, "web-" + node, "plan-dedicated-8c16g", "us-west-2", new BigDecimal("0.24")))
                .toList();
    }

    private Transition add(TransitionEvent event) {
        events.add(event);
        now = now.plusSeconds(60);
        return this;
    }
}
