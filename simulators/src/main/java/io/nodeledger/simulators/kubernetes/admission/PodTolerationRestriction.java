package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.each;
import static io.nodeledger.simulators.kubernetes.object.Fields.integer;
import static io.nodeledger.simulators.kubernetes.object.Fields.present;
import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The admission plugin of this name: a new pod tolerates what its namespace's annotation says, too, and memory pressure
 * unless it asks for nothing; and it may tolerate nothing that the namespace does not allow.
 */
final class PodTolerationRestriction {
    private PodTolerationRestriction() {}

    static void admit(JsonNode namespace, ObjectNode pod) {
        var all = new ArrayList<>(new NamespaceAnnotations(namespace).defaultTolerations());
        each(pod, "spec", "tolerations").forEach(all::add);
        if (!text(pod, "status", "qosClass").equals("BestEffort")) {
            all.add(Fields.object()
                    .put("key", "node.kubernetes.io/memory-pressure")
                    .put("operator", "Exists")
                    .put("effect", "NoSchedule"));
        }
        var merged = merged(all);
        var tolerations = Fields.list(Fields.child(pod, "spec"), "tolerations");
        tolerations.removeAll();
        merged.forEach(toleration -> tolerations.add(toleration.deepCopy()));
        check(namespace, pod);
    }

    static void check(JsonNode namespace, ObjectNode pod) {
        var allowed = new NamespaceAnnotations(namespace).allowedTolerations();
        if (!allowed.isEmpty()
                && !each(pod, "spec", "tolerations")
                        .allMatch(one -> allowed.stream().anyMatch(wide -> covers(wide, one)))) {
            throw ApiError.of(
                    500,
                    "InternalError",
                    "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace"
                            + " whitelist");
        }
    }

    /** Without those that another one covers; of equal ones the first stays. */
    private static List<JsonNode> merged(List<JsonNode> all) {
        List<JsonNode> merged = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            JsonNode one = all.get(i);
            Stream<JsonNode> later = all.subList(i + 1, all.size()).stream().filter(other -> !other.equals(one));
            if (Stream.concat(merged.stream(), later).noneMatch(other -> covers(other, one))) {
                merged.add(one);
            }
        }
        return merged;
    }

    private static boolean covers(JsonNode wide, JsonNode one) {
        if (wide.equals(one)) {
            return true;
        }
        String operator = text(wide, "operator");
        boolean anyKey = text(wide, "key").isEmpty() && operator.equals("Exists");
        if (!anyKey && !text(wide, "key").equals(text(one, "key"))) {
            return false;
        }
        String effect = text(wide, "effect");
        if (!effect.isEmpty() && !effect.equals(text(one, "effect"))) {
            return false;
        }
        if (effect.equals("NoExecute") && present(wide, "tolerationSeconds") && !endsSooner(one, wide)) {
            return false;
        }
        return operator.equals("Exists")
                || (text(one, "operator").equals("Equal") && text(wide, "value").equals(text(one, "value")));
    }

    private static boolean endsSooner(JsonNode one, JsonNode wide) {
        return present(one, "tolerationSeconds")
                && integer(one, 0, "tolerationSeconds") <= integer(wide, 0, "tolerationSeconds");
    }
}
