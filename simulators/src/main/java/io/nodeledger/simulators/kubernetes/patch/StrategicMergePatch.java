package io.nodeledger.simulators.kubernetes.patch;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' own merge: some lists merge by a key of their elements or as sets, all others (such as a node's taints)
 * are replaced whole. The keys are those of the types that this server knows.
 */
final class StrategicMergePatch {
    private static final Map<String, String> MERGE_KEYS = Map.ofEntries(
            Map.entry("containers", "name"),
            Map.entry("initContainers", "name"),
            Map.entry("ephemeralContainers", "name"),
            Map.entry("env", "name"),
            Map.entry("volumes", "name"),
            Map.entry("volumeMounts", "mountPath"),
            Map.entry("volumeDevices", "devicePath"),
            Map.entry("ports", "containerPort"),
            Map.entry("conditions", "type"),
            Map.entry("addresses", "type"),
            Map.entry("ownerReferences", "uid"),
            Map.entry("imagePullSecrets", "name"),
            Map.entry("secrets", "name"),
            Map.entry("hostAliases", "ip"),
            Map.entry("topologySpreadConstraints", "topologyKey"));
    private static final Set<String> SETS = Set.of("finalizers");

    private StrategicMergePatch() {}

    static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        if (text(patch, "$patch").equals("replace")) {
            target.removeAll();
        }
        for (var entry : patch.properties()) {
            String field = entry.getKey();
            JsonNode value = entry.getValue();
            if (isOrderOrMarker(field)) {
                continue;
            }
            if (field.startsWith("$deleteFromPrimitiveList/")) {
                removeValues(target.path(field.substring(field.indexOf('/') + 1)), value);
            } else if (value.isNull()) {
                target.remove(field);
            } else if (value instanceof ObjectNode nested) {
                merge(target, field, nested);
            } else if (value instanceof ArrayNode list) {
                target.set(field, mergeList(target.path(field), field, list));
            } else {
                target.set(field, value);
            }
        }
        return target;
    }

    /** Ordering and the marker itself carry no values. */
    private static boolean isOrderOrMarker(String field) {
        return field.startsWith("$") && !field.startsWith("$deleteFromPrimitiveList/");
    }

    private static void merge(ObjectNode target, String field, ObjectNode nested) {
        if (text(nested, "$patch").equals("delete")) {
            target.remove(field);
            return;
        }
        ObjectNode inner = target.path(field) instanceof ObjectNode found ? found : target.putObject(field);
        apply(inner, nested);
    }

    private static JsonNode mergeList(JsonNode current, String field, ArrayNode patch) {
        ArrayNode result = current instanceof ArrayNode found ? found.deepCopy() : patch.arrayNode();
        if (SETS.contains(field)) {
            patch.forEach(value -> {
                if (result.valueStream().noneMatch(value::equals)) {
                    result.add(value);
                }
            });
            return result;
        }
        String key = key(field, patch);
        boolean replace = patch.valueStream().anyMatch(e -> text(e, "$patch").equals("replace"));
        if (key == null || replace) {
            ArrayNode whole = patch.arrayNode();
            patch.valueStream().filter(e -> !e.has("$patch")).forEach(whole::add);
            return whole;
        }
        for (JsonNode element : patch) {
            mergeElement(result, key, element);
        }
        return result;
    }

    /** Service ports merge by {@code port}, container ports by {@code containerPort}. */
    private static @Nullable String key(String field, ArrayNode patch) {
        if (field.equals("ports") && patch.valueStream().noneMatch(p -> p.has("containerPort"))) {
            return "port";
        }
        return MERGE_KEYS.get(field);
    }

    private static void mergeElement(ArrayNode result, String key, JsonNode element) {
        for (int i = 0; i < result.size(); i++) {
            if (!text(result.get(i), key).equals(text(element, key))) {
                continue;
            }
            if (text(element, "$patch").equals("delete")) {
                result.remove(i);
            } else if (result.get(i) instanceof ObjectNode found && element instanceof ObjectNode change) {
                apply(found, change);
            }
            return;
        }
        if (element instanceof ObjectNode added && !added.has("$patch")) {
            result.add(apply(result.objectNode(), added));
        }
    }

    private static void removeValues(JsonNode list, JsonNode values) {
        if (list instanceof ArrayNode found) {
            List<JsonNode> kept = new ArrayList<>();
            found.forEach(v -> {
                if (values.valueStream().noneMatch(v::equals)) {
                    kept.add(v);
                }
            });
            found.removeAll();
            found.addAll(kept);
        }
    }
}
