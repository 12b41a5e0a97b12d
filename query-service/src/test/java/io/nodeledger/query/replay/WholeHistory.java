package io.nodeledger.query.replay;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionOpened;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.query.History;
import io.nodeledger.query.LegalHistories;
import io.nodeledger.query.Transition;
import io.nodeledger.query.Webhooks;
import io.nodeledger.query.Workspaces;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** A history of two workspaces, a webhook, some transitions and a dozen nodes in which everything happens that can. */
final class WholeHistory {
    static final List<String> WORKSPACES = List.of("ws-123", "ws-2");

    private static final Instant BEGIN = Instant.parse("2024-02-10T10:00:00Z");
    private static final BigDecimal HOLD = new BigDecimal("86.40");

    private WholeHistory() {}

    /** The events of each stream. */
    static List<List<?>> streams(long seed) {
        var random = new Random(seed);
        var streams = new ArrayList<List<?>>();
        streams.add(Stream.concat(Workspaces.registered("ws-123").stream(), credits().stream())
                .toList());
        streams.add(Workspaces.registered("ws-2"));
        streams.add(Webhooks.life("wh-1", "ws-123", BEGIN));
        streams.add(Transition.to(Placement.DEDICATED, "trans-1", BEGIN).moved().events());
        streams.add(Transition.to(Placement.SHARED, "trans-2", BEGIN.plusSeconds(7_200))
                .everything()
                .events());
        streams.add(Transition.to(Placement.SHARED, "trans-3", BEGIN.plusSeconds(14_400))
                .cancelled()
                .events());
        streams.add(Transition.to(Placement.SHARED, "trans-4", BEGIN.plusSeconds(21_600))
                .open()
                .failed()
                .events());
        streams.addAll(eventfulNodes());
        for (int i = 0; i < 8; i++) {
            String workspace = WORKSPACES.get(i % 2);
            Instant begin = BEGIN.plus(Duration.ofDays(random.nextInt(60)));
            var history = new History("node-r" + i, workspace, "web-" + i, begin).provision();
            streams.add(LegalHistories.continued(random, history).events());
        }
        return streams;
    }

    private static List<List<NodeEvent>> eventfulNodes() {
        var power = new EventfulNode(
                        "ws-123", node("node-power").provision().succeed().events())
                .stopped()
                .started()
                .rebooted()
                .couldNotBeStopped()
                .stopCalledOff()
                .stopped();
        var incidents = new EventfulNode(
                        "ws-123", node("node-sick").provision().succeed().events())
                .ill()
                .inATransition()
                .overloaded()
                .relabelled()
                .couldNotBeRelabelled();
        var retried = new EventfulNode(
                        "ws-123",
                        node("node-retried")
                                .provision()
                                .done(Step.ALLOCATE)
                                .waiting(Step.CLONE, 1, "busy")
                                .idTaken()
                                .done(Step.ALLOCATE)
                                .failed(Step.CLONE)
                                .done(Step.DESTROY)
                                .provisioningFailed(Step.CLONE)
                                .events())
                .retried();
        var leftover = new EventfulNode(
                        "ws-123",
                        node("node-left")
                                .provision()
                                .succeed()
                                .later(Duration.ofDays(40))
                                .vanished(Duration.ofHours(3))
                                .delete(NodeStatus.ERROR)
                                .gone()
                                .orphanRemoved()
                                .events())
                .leftoverRemoved();
        var stuck = node("node-stuck")
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .needsAttention(Step.DESTROY);
        var forced = node("node-forced")
                .provision()
                .succeed()
                .migrated()
                .foundOff()
                .foundOn()
                .kubernetesLost()
                .kubernetesRecovered()
                .kubernetesRenamed()
                .later(Duration.ofDays(33))
                .delete(NodeStatus.RUNNING)
                .force()
                .gone();
        var cancelled = node("node-cancelled").provision().cancelled().delete(NodeStatus.PROVISIONING);
        var kept = node("node-kept")
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .deletionFailed();
        return List.of(
                power.events(),
                incidents.events(),
                retried.events(),
                leftover.events(),
                stuck.events(),
                forced.events(),
                cancelled.events(),
                kept.events());
    }

    private static History node(String id) {
        return new History(id, "ws-123", "n" + id.substring(4), BEGIN.plusMillis(id.hashCode() % 100_000L));
    }

    private static List<WorkspaceEvent> credits() {
        Instant at = BEGIN;
        String id = "ws-123";
        var thresholds = new Thresholds(null, new Threshold(new BigDecimal("90"), 120), null);
        return List.of(
                new WorkspaceChanged(id, WorkspacePlan.TEAM, 20, "us-west-2", "ns", false, at),
                new WorkspaceThresholdsChanged(id, thresholds, at),
                new NodeAdmitted(id, "node-power", "n-power", HOLD, at),
                new NodeAdmitted(id, "node-retried", "n-retried", HOLD, at),
                new NodeAdmitted(id, "node-left", "n-left", HOLD, at),
                new CreditHoldReleased(id, "node-retried", HOLD, at.plusSeconds(60)),
                new CreditHoldRenewed(id, "node-retried", HOLD, at.plusSeconds(120)),
                charge("2024-02-10", "3.7777", "3.7777", "0", "0"),
                charge("2024-02-11", "950.1", "737.0223", "86.40", "126.6777"),
                new CreditsExhausted(
                        id, new BigDecimal("126.6777"), day("2024-02-15"), AfterGrace.STOP, day("2024-02-12")),
                new CreditsGranted(id, new BigDecimal("500.00"), "a top-up", day("2024-02-13")),
                new OwedSettled(id, new BigDecimal("126.6777"), day("2024-02-13")),
                new CreditsRestored(id, day("2024-02-13")),
                charge("2024-02-13", "-1.005", "-1.005", "0", "0"),
                new TransitionBegun(id, "trans-2", Placement.SHARED, false, day("2024-02-14")),
                new TransitionOpened(id, "trans-2", day("2024-02-14")),
                new PlacementChanged(id, "trans-2", Placement.SHARED, day("2024-02-14")),
                new TransitionEnded(id, "trans-2", day("2024-02-14")),
                new NodeReleased(id, "node-left", "n-left", HOLD, day("2024-03-25")));
    }

    private static WorkspaceCharged charge(
            String day, String amount, String fromAvailable, String fromHolds, String owed) {
        return new WorkspaceCharged(
                "ws-123",
                LocalDate.parse(day),
                new BigDecimal(amount),
                new BigDecimal(fromAvailable),
                fromHolds.equals("0") ? Map.of() : Map.of("node-power", new BigDecimal(fromHolds)),
                new BigDecimal(owed),
                day(day).plus(Duration.ofDays(1)));
    }

    private static Instant day(String day) {
        return Instant.parse(day + "T00:00:00Z");
    }
}
