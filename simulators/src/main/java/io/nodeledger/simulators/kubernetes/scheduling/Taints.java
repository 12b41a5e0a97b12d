package io.nodeledger.simulators.kubernetes.scheduling;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Times;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Taints of nodes and what pods tolerate. */
public final class Taints {
    private Taints() {}

    /** The toleration of a pod that covers a taint. */
    public static Optional<JsonNode> toleration(JsonNode pod, JsonNode taint) {
        return each(pod, "spec", "tolerations").filter(t -> covers(t, taint)).findFirst();
    }

    private static boolean covers(JsonNode toleration, JsonNode taint) {
        String effect = text(toleration, "effect");
        String key = text(toleration, "key");
        boolean exists = text(toleration, "operator").equals("Exists");
        return (effect.isEmpty() || effect.equals(text(taint, "effect")))
                && (key.isEmpty() ? exists : key.equals(text(taint, "key")))
                && (exists || text(toleration, "value").equals(text(taint, "value")));
    }

    /** The first taint that keeps a pod from being placed on a node. */
    public static Optional<JsonNode> blocking(JsonNode pod, JsonNode node) {
        return effective(node)
                .filter(t -> !text(t, "effect").equals("PreferNoSchedule"))
                .filter(t -> toleration(pod, t).isEmpty())
                .findFirst();
    }

    private static Stream<JsonNode> effective(JsonNode node) {
        Stream<JsonNode> taints = each(node, "spec", "taints");
        if (!Fields.flag(node, "spec", "unschedulable")) {
            return taints;
        }
        ObjectNode cordon = taint("node.kubernetes.io/unschedulable", "NoSchedule");
        return Stream.concat(taints, Stream.of(cordon));
    }

    private static ObjectNode taint(String key, String effect) {
        return Fields.object().put("key", key).put("effect", effect);
    }

    public static boolean has(JsonNode node, String key, String effect) {
        return each(node, "spec", "taints")
                .anyMatch(t -> text(t, "key").equals(key) && text(t, "effect").equals(effect));
    }

    public static void add(ObjectNode node, String key, String effect, Instant now) {
        if (!has(node, key, effect)) {
            Fields.list(Fields.child(node, "spec"), "taints")
                    .add(taint(key, effect).put("timeAdded", Times.seconds(now)));
        }
    }

    public static void remove(ObjectNode node, String key) {
        if (Fields.at(node, "spec", "taints") instanceof ArrayNode taints) {
            for (int i = taints.size() - 1; i >= 0; i--) {
                if (text(taints.get(i), "key").equals(key)) {
                    taints.remove(i);
                }
            }
            if (taints.isEmpty()) {
                Fields.child(node, "spec").remove("taints");
            }
        }
    }
}
