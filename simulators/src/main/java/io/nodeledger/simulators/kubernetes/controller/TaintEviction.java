package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.scheduling.Taints;
import io.nodeledger.simulators.kubernetes.store.Deletion;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deletes pods from nodes with NoExecute taints: at once without a toleration, else when its time has passed. */
final class TaintEviction implements Runnable {
    /** With delays scaled to nothing a node that comes back soon must still find its pods. */
    private static final Duration SHORTEST = Duration.ofSeconds(2);

    private final ObjectStore store;
    private final Deletion deletion;
    private final ControlLoop loop;
    private final EventRecorder events;
    private final Map<String, Instant> tainted = new HashMap<>();

    TaintEviction(ObjectStore store, ControlLoop loop, EventRecorder events) {
        this.store = store;
        this.deletion = new Deletion(store);
        this.loop = loop;
        this.events = events;
    }

    @Override
    public void run() {
        Map<String, List<JsonNode>> taints = store.list(Resource.NODES).stream()
                .filter(n -> noExecute(n).findAny().isPresent())
                .collect(Collectors.toMap(Fields::name, n -> noExecute(n).toList()));
        Set<String> current = new HashSet<>();
        if (!taints.isEmpty()) {
            for (ObjectNode pod : store.list(Resource.PODS)) {
                for (JsonNode taint : taints.getOrDefault(text(pod, "spec", "nodeName"), List.of())) {
                    current.add(judge(pod, taint));
                }
            }
        }
        tainted.keySet().retainAll(current);
    }

    private static java.util.stream.Stream<JsonNode> noExecute(JsonNode node) {
        return each(node, "spec", "taints").filter(t -> text(t, "effect").equals("NoExecute"));
    }

    private String judge(ObjectNode pod, JsonNode taint) {
        Instant now = Instant.now();
        String key = Fields.uid(pod) + "/" + text(taint, "key");
        Instant since = tainted.computeIfAbsent(key, k -> now);
        Optional<JsonNode> toleration = Taints.toleration(pod, taint);
        boolean forEver = toleration.isPresent() && !toleration.get().has("tolerationSeconds");
        if (forEver || Fields.terminating(pod)) {
            return key;
        }
        int seconds =
                toleration.map(t -> Fields.integer(t, 0, "tolerationSeconds")).orElse(0);
        Duration allowed = seconds == 0 ? Duration.ZERO : loop.scaled(Duration.ofSeconds(seconds), SHORTEST);
        if (!since.plus(allowed).isAfter(now)) {
            events.normal(
                    "taint-eviction-controller",
                    pod,
                    "TaintManagerEviction",
                    "Marking for deletion Pod " + Fields.namespace(pod) + "/" + Fields.name(pod));
            store.exclusively(() -> {
                if (store.find(Resource.PODS, ObjectKey.of(pod)).isPresent()) {
                    deletion.delete(Resource.PODS, ObjectKey.of(pod), Fields.object());
                }
                return true;
            });
        }
        return key;
    }
}
