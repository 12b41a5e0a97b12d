package io.nodeledger.simulators.kubernetes.admission;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What a namespace's annotations say about its pods. What can't be read is the server's error, as in Kubernetes. */
final class NamespaceAnnotations {
    private static final String PREFIX = "scheduler.alpha.kubernetes.io/";

    private final Map<String, String> annotations;

    NamespaceAnnotations(JsonNode namespace) {
        this.annotations = Fields.strings(namespace, "metadata", "annotations");
    }

    Map<String, String> nodeSelector() {
        Map<String, String> selector = new LinkedHashMap<>();
        String given = annotations.getOrDefault(PREFIX + "node-selector", "");
        for (String part : given.isEmpty() ? new String[0] : given.split(",", -1)) {
            String[] pair = part.split("=", -1);
            if (pair.length != 2) {
                throw unreadable("invalid selector: " + part);
            }
            selector.put(pair[0].strip(), pair[1].strip());
        }
        return selector;
    }

    List<JsonNode> defaultTolerations() {
        return tolerations("defaultTolerations");
    }

    List<JsonNode> allowedTolerations() {
        return tolerations("tolerationsWhitelist");
    }

    private List<JsonNode> tolerations(String name) {
        String given = annotations.getOrDefault(PREFIX + name, "");
        if (given.isEmpty()) {
            return List.of();
        }
        try {
            JsonNode read = Fields.JSON.readTree(given);
            if (read instanceof ArrayNode list && list.valueStream().allMatch(JsonNode::isObject)) {
                return list.valueStream().toList();
            }
            throw unreadable("json: cannot unmarshal " + text(read) + " into Go value of type []v1.Toleration");
        } catch (JacksonException broken) {
            throw unreadable("invalid character in " + name + ": " + broken.getOriginalMessage());
        }
    }

    private static ApiError unreadable(String message) {
        return ApiError.of(500, "InternalError", message);
    }
}
