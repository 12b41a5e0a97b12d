package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.scheduling.Taints;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches the leases: a node that has not renewed for the grace period becomes Unknown and unreachable, its pods not
 * ready; a ready node loses the taints that kept pods away. Renewals are timed when they are seen, not by their own
 * clock, and time in which the control loop came to nothing, neither to renewals nor to looking, does not count.
 */
public final class NodeLifecycle implements Runnable {
    private static final Duration GRACE = Duration.ofSeconds(40);
    private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);
    private static final String NOT_READY = "node.kubernetes.io/not-ready";
    private static final String UNREACHABLE = "node.kubernetes.io/unreachable";
    private final ObjectStore store;
    private final EventRecorder events;
    private final Duration grace;
    private final Map<String, Renewal> seen = new HashMap<>();
    private Instant lastRun = Instant.now();

    private record Renewal(String time, Instant seenAt) {}

    public NodeLifecycle(ObjectStore store, ControlLoop loop, EventRecorder events) {
        this.store = store;
        this.events = events;
        this.grace = loop.scaled(GRACE, SHORTEST_GRACE);
    }

    @Override
    public void run() {
        Instant now = Instant.now();
        Duration since = Duration.between(lastRun, now);
        if (since.compareTo(grace.dividedBy(2)) > 0) {
            seen.replaceAll((_, last) -> new Renewal(last.time(), last.seenAt().plus(since)));
        }
        lastRun = now;
        List<ObjectNode> nodes = store.list(Resource.NODES);
        seen.keySet().retainAll(nodes.stream().map(Fields::name).toList());
        for (ObjectNode node : nodes) {
            String ready = text(Fields.condition(node, "Ready"), "status");
            if (stale(Fields.name(node), now)) {
                if (!ready.equals("Unknown")) {
                    lose(node, now);
                }
            } else {
                settle(node, ready, now);
            }
        }
    }

    private boolean stale(String node, Instant now) {
        String time = store.find(Resource.LEASES, new ObjectKey("kube-node-lease", node))
                .map(lease -> text(lease, "spec", "renewTime"))
                .orElse("");
        Renewal last = seen.get(node);
        if (last == null || !last.time().equals(time)) {
            seen.put(node, new Renewal(time, now));
            return false;
        }
        return last.seenAt().plus(grace).isBefore(now);
    }

    private void lose(ObjectNode node, Instant now) {
        store.update(Resource.NODES, ObjectKey.of(node), next -> {
            for (String type : List.of("Ready", "MemoryPressure", "DiskPressure", "PIDPressure")) {
                Conditions.set(next, type, "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", now);
            }
            taint(next, "Unknown", now);
        });
        events.normal(
                "node-controller", node, "NodeNotReady", "Node " + Fields.name(node) + " status is now: NodeNotReady");
        store.list(Resource.PODS).stream()
                .filter(pod -> text(pod, "spec", "nodeName").equals(Fields.name(node)) && Fields.ready(pod))
                .forEach(pod -> store.updateIfPresent(
                        Resource.PODS, ObjectKey.of(pod), next -> Conditions.set(next, "Ready", "False", "", "", now)));
    }

    private void settle(ObjectNode node, String ready, Instant now) {
        if (needsTaints(node, ready)) {
            store.update(Resource.NODES, ObjectKey.of(node), next -> taint(next, ready, now));
        }
    }

    private static boolean needsTaints(JsonNode node, String ready) {
        return Taints.has(node, NOT_READY, "NoSchedule") != ready.equals("False")
                || Taints.has(node, UNREACHABLE, "NoSchedule") != ready.equals("Unknown");
    }

    private static void taint(ObjectNode node, String ready, Instant now) {
        set(node, NOT_READY, ready.equals("False"), now);
        set(node, UNREACHABLE, ready.equals("Unknown"), now);
    }

    private static void set(ObjectNode node, String key, boolean wanted, Instant now) {
        if (wanted) {
            Taints.add(node, key, "NoSchedule", now);
            Taints.add(node, key, "NoExecute", now);
        } else {
            Taints.remove(node, key);
        }
    }
}
