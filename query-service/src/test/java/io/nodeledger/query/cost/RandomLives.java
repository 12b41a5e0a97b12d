package io.nodeledger.query.cost;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.History;
import io.nodeledger.query.projection.StoredEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lives of a few nodes over months of every length, a leap day and the days on which clocks are changed elsewhere. */
final class RandomLives {
    private static final Instant BEGIN = Instant.parse("2023-10-20T00:00:00Z");
    private static final long MILLIS = Duration.ofDays(220).toMillis();
    private static final KubernetesFacts FACTS =
            new KubernetesFacts("n", "uid", Map.of(), Map.of(), "k", "o", "c", "v");
    private static final List<PlanTerms> TERMS = List.of(
            terms("plan-a", "0.12", "0.00"),
            terms("plan-b", "0.0777", "0.0123"),
            terms("plan-c", "1.000001", "0.3333333"));

    private RandomLives() {}

    private static Instant moment(Random random) {
        return BEGIN.plusMillis(random.nextLong(MILLIS));
    }

    /** A moment shortly before something happens, when there is something of which nothing is known yet. */
    static Instant momentIn(Map<String, List<NodeEvent>> lives, Random random) {
        var events = lives.values().stream().flatMap(List::stream).toList();
        var next = events.get(random.nextInt(events.size())).effectiveAt();
        return random.nextBoolean()
                ? moment(random)
                : next.minusMillis(random.nextLong(Duration.ofDays(2).toMillis()));
    }

    static Map<String, List<NodeEvent>> of(Random random, String workspace) {
        var lives = new LinkedHashMap<String, List<NodeEvent>>();
        int nodes = 1 + random.nextInt(6);
        for (int i = 0; i < nodes; i++) {
            lives.put("node-" + i, life("node-" + i, workspace, random));
        }
        return lives;
    }

    /** One log: each node's events in their order, those of different nodes mixed as they come. */
    static List<StoredEvent> log(Map<String, List<NodeEvent>> lives, Random random) {
        var events = new ArrayList<NodeEvent>();
        lives.values().forEach(events::addAll);
        if (random.nextBoolean()) {
            events.sort(Comparator.comparing(NodeEvent::effectiveAt));
        }
        var log = new ArrayList<StoredEvent>();
        for (NodeEvent event : events) {
            int position = log.size();
            log.add(new StoredEvent(
                    position, "evt-" + position, event.nodeId(), position, event.effectiveAt(), event, History.CAUSE));
        }
        return log;
    }

    private static List<NodeEvent> life(String id, String workspace, Random random) {
        var events = new ArrayList<NodeEvent>();
        Instant at = moment(random);
        events.add(new NodeProvisioningStarted(
                id,
                workspace,
                "task-1",
                "web",
                random.nextBoolean() ? "us-west-2" : "eu-west-1",
                "proxmox",
                TERMS.get(random.nextInt(TERMS.size())),
                Map.of(),
                List.of(),
                BigDecimal.TEN,
                at,
                at));
        int count = random.nextInt(30);
        long longest = Duration.ofDays(random.nextBoolean() ? 20 : 1).toMillis();
        for (int i = 0; i < count; i++) {
            at = at.plusMillis(random.nextLong(longest));
            events.add(event(id, workspace, at, random));
        }
        return events;
    }

    private static NodeEvent event(String id, String ws, Instant at, Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> new NodeProvisioningCompleted(id, ws, "task-1", FACTS, at);
            case 3 -> new NodeStopped(id, ws, "op", at);
            case 4 -> new NodeStarted(id, ws, "op", at);
            case 5 -> new NodeRebooted(id, ws, "op", at);
            case 6 -> new MachineFoundOff(id, ws, 100, "pve", at);
            case 7 -> new MachineFoundOn(id, ws, 100, "pve", at);
            case 8 ->
                new MachineVanished(
                        id,
                        ws,
                        100,
                        "pve",
                        at.minusMillis(random.nextLong(Duration.ofDays(3).toMillis())),
                        at);
            case 9 -> new NodeNeedsAttention(id, ws, "op", Step.DESTROY, "CODE", "why", at);
            case 10 ->
                new PowerOperationFailed(
                        id,
                        ws,
                        "op",
                        OperationType.STOP,
                        random.nextBoolean() ? NodeStatus.RUNNING : NodeStatus.STOPPED,
                        Step.SHUT_DOWN,
                        "CODE",
                        "why",
                        at);
            default -> new NodeDeleted(id, ws, "task", "web", at);
        };
    }

    private static PlanTerms terms(String plan, String hourly, String stopped) {
        return new PlanTerms(
                plan, new BigDecimal(hourly), new BigDecimal(stopped), new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));
    }
}
