package io.nodeledger.simulators.kubernetes.scheduling;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.controller.EventRecorder;
import io.nodeledger.simulators.kubernetes.object.Conditions;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.LabelSelector;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Places pending pods: nodes must match selectors, tolerate, and have room; of those, the one with the fewest pods of
 * the same owner wins (spread), then the one with the fewest pods. A pod that fits nowhere stays pending and says why.
 */
public final class Scheduler implements Runnable {
    private final ObjectStore store;
    private final Bindings bindings;
    private final EventRecorder events;

    private static final class Load {
        private Requests requested = Requests.NONE;
        private final Map<String, Integer> byOwner = new HashMap<>();

        void add(JsonNode pod) {
            requested = requested.plus(Requests.of(pod));
            byOwner.merge(owner(pod), 1, Integer::sum);
        }
    }

    public Scheduler(ObjectStore store, EventRecorder events) {
        this.store = store;
        this.bindings = new Bindings(store);
        this.events = events;
    }

    @Override
    public void run() {
        List<ObjectNode> pods = store.list(Resource.PODS);
        List<ObjectNode> waiting = pods.stream()
                .filter(p -> text(p, "spec", "nodeName").isEmpty() && !Fields.terminating(p))
                .filter(p -> text(p, "spec", "schedulerName").equals("default-scheduler"))
                .toList();
        if (waiting.isEmpty()) {
            return;
        }
        List<ObjectNode> nodes = store.list(Resource.NODES);
        Map<String, Load> loads = loads(pods);
        waiting.forEach(pod -> place(pod, nodes, loads));
    }

    private static Map<String, Load> loads(List<ObjectNode> pods) {
        Map<String, Load> loads = new HashMap<>();
        for (ObjectNode pod : pods) {
            String node = text(pod, "spec", "nodeName");
            String phase = text(pod, "status", "phase");
            if (!node.isEmpty() && !phase.equals("Succeeded") && !phase.equals("Failed")) {
                loads.computeIfAbsent(node, n -> new Load()).add(pod);
            }
        }
        return loads;
    }

    private void place(ObjectNode pod, List<ObjectNode> nodes, Map<String, Load> loads) {
        Map<String, Integer> obstacles = new TreeMap<>();
        String owner = owner(pod);
        Requests asked = Requests.of(pod);
        var best = nodes.stream()
                .filter(node -> {
                    String obstacle = obstacle(pod, asked, node, loads.getOrDefault(Fields.name(node), new Load()));
                    if (!obstacle.isEmpty()) {
                        obstacles.merge(obstacle, 1, Integer::sum);
                    }
                    return obstacle.isEmpty();
                })
                .map(Fields::name)
                .min(Comparator.<String>comparingInt(n -> sameOwner(loads, n, owner))
                        .thenComparingLong(
                                n -> loads.getOrDefault(n, new Load()).requested.pods()));
        if (best.isPresent()) {
            bindings.bind(ObjectKey.of(pod), best.get());
            loads.computeIfAbsent(best.get(), n -> new Load()).add(pod);
            events.normal(
                    "default-scheduler",
                    pod,
                    "Scheduled",
                    "Successfully assigned " + Fields.namespace(pod) + "/" + Fields.name(pod) + " to " + best.get());
        } else {
            leavePending(pod, nodes.size(), obstacles);
        }
    }

    private static int sameOwner(Map<String, Load> loads, String node, String owner) {
        return loads.getOrDefault(node, new Load()).byOwner.getOrDefault(owner, 0);
    }

    private static String obstacle(JsonNode pod, Requests asked, JsonNode node, Load load) {
        if (!selected(pod, node)) {
            return "node(s) didn't match Pod's node affinity/selector";
        }
        if (Fields.flag(node, "spec", "unschedulable")
                && Taints.blocking(pod, node).isPresent()) {
            return "node(s) were unschedulable";
        }
        var taint = Taints.blocking(pod, node);
        if (taint.isPresent()) {
            return "node(s) had untolerated taint {" + text(taint.get(), "key") + ": " + text(taint.get(), "value")
                    + "}";
        }
        return load.requested.plus(asked).shortage(Requests.allocatable(node));
    }

    private static boolean selected(JsonNode pod, JsonNode node) {
        Map<String, String> labels = Fields.strings(node, "metadata", "labels");
        if (!labels.entrySet()
                .containsAll(Fields.strings(pod, "spec", "nodeSelector").entrySet())) {
            return false;
        }
        JsonNode required =
                Fields.at(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
        return required.isMissingNode()
                || each(required, "nodeSelectorTerms").anyMatch(term -> matches(term, labels, Fields.name(node)));
    }

    private static boolean matches(JsonNode term, Map<String, String> labels, String name) {
        boolean named =
                each(term, "matchFields").allMatch(f -> each(f, "values").anyMatch(v -> text(v).equals(name)));
        return named && LabelSelector.ofTerm(term).matches(labels);
    }

    private void leavePending(ObjectNode pod, int nodes, Map<String, Integer> obstacles) {
        String why = "0/" + nodes + " nodes are available: "
                + obstacles.entrySet().stream()
                        .map(e -> e.getValue() + " " + e.getKey())
                        .collect(Collectors.joining(", "))
                + ".";
        if (why.equals(text(Fields.condition(pod, "PodScheduled"), "message"))) {
            return;
        }
        events.warning("default-scheduler", pod, "FailedScheduling", why);
        store.update(
                Resource.PODS,
                ObjectKey.of(pod),
                next -> Conditions.set(next, "PodScheduled", "False", "Unschedulable", why, Instant.now()));
    }

    private static String owner(JsonNode pod) {
        return each(pod, "metadata", "ownerReferences")
                .map(o -> text(o, "uid"))
                .findFirst()
                .orElse(Fields.uid(pod));
    }
}
