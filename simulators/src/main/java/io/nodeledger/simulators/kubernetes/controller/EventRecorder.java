package io.nodeledger.simulators.kubernetes.controller;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import io.nodeledger.simulators.kubernetes.object.Times;
import io.nodeledger.simulators.kubernetes.store.ObjectKey;
import io.nodeledger.simulators.kubernetes.store.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records events. As in a real cluster, events about nodes lie in {@code default}, the kubelet's carry the node's name
 * as uid, repeats count up one event, and events are dropped after an hour.
 */
public final class EventRecorder {
    private static final Duration TTL = Duration.ofHours(1);
    private final ObjectStore store;

    public EventRecorder(ObjectStore store) {
        this.store = store;
    }

    public void normal(String component, JsonNode about, String reason, String message) {
        record("Normal", component, about, Fields.uid(about), reason, message);
    }

    public void warning(String component, JsonNode about, String reason, String message) {
        record("Warning", component, about, Fields.uid(about), reason, message);
    }

    /** An event of the kubelet about its own node. */
    public void ofKubelet(String node, String type, String reason, String message) {
        ObjectNode about = Fields.object().put("kind", "Node").put("apiVersion", "v1");
        Fields.child(about, "metadata").put("name", node);
        record(type, "kubelet", about, node, reason, message);
    }

    private void record(String type, String component, JsonNode about, String uid, String reason, String message) {
        String namespace = Fields.namespace(about).isEmpty() ? "default" : Fields.namespace(about);
        String hash = Integer.toHexString((component + uid + reason + message).hashCode());
        ObjectKey key = new ObjectKey(namespace, Fields.name(about) + "." + hash);
        Instant now = Instant.now();
        store.exclusively(() -> {
            if (store.find(Resource.EVENTS, key).isPresent()) {
                return store.update(
                        Resource.EVENTS,
                        key,
                        event -> event.put("count", Fields.integer(event, 1, "count") + 1)
                                .put("lastTimestamp", Times.seconds(now)));
            }
            return store.create(Resource.EVENTS, event(type, component, about, uid, reason, message, key, now));
        });
    }

    private static ObjectNode event(
            String type,
            String component,
            JsonNode about,
            String uid,
            String reason,
            String message,
            ObjectKey key,
            Instant now) {
        ObjectNode event = Fields.object();
        Fields.child(event, "metadata").put("name", key.name()).put("namespace", key.namespace());
        ObjectNode involved = event.putObject("involvedObject")
                .put("kind", text(about, "kind"))
                .put("apiVersion", text(about, "apiVersion"))
                .put("name", Fields.name(about))
                .put("uid", uid);
        if (!Fields.namespace(about).isEmpty()) {
            involved.put("namespace", Fields.namespace(about));
        }
        event.put("reason", reason).put("message", message).put("type", type);
        event.putObject("source").put("component", component);
        return event.put("reportingComponent", component)
                .put("reportingInstance", "")
                .put("firstTimestamp", Times.seconds(now))
                .put("lastTimestamp", Times.seconds(now))
                .put("count", 1);
    }

    /** Drops events that were last seen more than an hour ago. */
    public void expire() {
        Instant limit = Instant.now().minus(TTL);
        for (ObjectNode event : store.list(Resource.EVENTS)) {
            if (Times.parse(text(event, "lastTimestamp")).orElse(Instant.now()).isBefore(limit)) {
                store.remove(Resource.EVENTS, ObjectKey.of(event));
            }
        }
    }
}
