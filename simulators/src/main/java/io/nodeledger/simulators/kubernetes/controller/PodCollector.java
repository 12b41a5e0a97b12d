package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The pod garbage collection: pods bound to a node that has been gone for the quarantine are removed by force, and so
 * are terminating pods that no node holds.
 */
final class PodCollector implements Runnable {
    private static final Duration QUARANTINE = Duration.ofSeconds(40);
    private final ObjectStore store;
    private final EventRecorder events;
    private final Duration quarantine;
    private final Map<String, Instant> missing = new HashMap<>();

    PodCollector(ObjectStore store, ControlLoop loop, EventRecorder events) {
        this.store = store;
        this.events = events;
        this.quarantine = loop.scaled(QUARANTINE);
    }

    @Override
    public void run() {
        Set<String> nodes = new HashSet<>();
        store.list(Resource.NODES).forEach(node -> nodes.add(Fields.name(node)));
        missing.keySet().removeAll(nodes);
        Instant now = Instant.now();
        for (ObjectNode pod : store.list(Resource.PODS)) {
            String node = text(pod, "spec", "nodeName");
            if (node.isEmpty() || nodes.contains(node)) {
                continue;
            }
            Instant since = missing.computeIfAbsent(node, n -> now);
            if (!since.plus(quarantine).isAfter(now)) {
                events.normal("pod-garbage-collector", pod, "TaintManagerEviction", "PodGC: node no longer exists");
                store.remove(Resource.PODS, ObjectKey.of(pod));
            }
        }
    }
}
