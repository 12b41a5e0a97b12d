package io.nodeledger.simulators.kubernetes.patch;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902. A failing test or a missing path is a 422, as the API server answers. */
final class JsonPatch {
    private JsonPatch() {}

    static ObjectNode apply(ObjectNode target, JsonNode patch) {
        if (!patch.isArray()) {
            throw ApiError.badRequest("error decoding patch: a JSON patch is a list of operations");
        }
        for (JsonNode operation : patch) {
            applyOne(target, operation);
        }
        return target;
    }

    private static void applyOne(ObjectNode root, JsonNode operation) {
        JsonPointer path = JsonPointer.compile(text(operation, "path"));
        switch (text(operation, "op")) {
            case "add" -> add(root, path, operation.path("value").deepCopy());
            case "replace" -> {
                remove(root, path);
                add(root, path, operation.path("value").deepCopy());
            }
            case "remove" -> remove(root, path);
            case "test" -> {
                if (!root.at(path).equals(operation.path("value"))) {
                    throw failed("testing value " + path + " failed");
                }
            }
            case "copy" -> add(root, path, existing(root, from(operation)).deepCopy());
            case "move" -> {
                JsonNode moved = existing(root, from(operation));
                remove(root, from(operation));
                add(root, path, moved);
            }
            default -> throw ApiError.badRequest("Unexpected kind: " + text(operation, "op"));
        }
    }

    private static JsonPointer from(JsonNode operation) {
        return JsonPointer.compile(text(operation, "from"));
    }

    private static JsonNode existing(ObjectNode root, JsonPointer path) {
        JsonNode found = root.at(path);
        if (found.isMissingNode()) {
            throw failed("nonexistent path: " + path);
        }
        return found;
    }

    private static void add(ObjectNode root, JsonPointer path, JsonNode value) {
        JsonNode parent = root.at(path.head());
        String last = path.last().getMatchingProperty();
        if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else if (parent instanceof ArrayNode list) {
            int index = last.equals("-") ? list.size() : path.last().getMatchingIndex();
            if (index < 0 || index > list.size()) {
                throw failed("index out of bounds: " + path);
            }
            list.insert(index, value);
        } else {
            throw failed("add operation does not apply: doc is missing path: " + path);
        }
    }

    private static void remove(ObjectNode root, JsonPointer path) {
        existing(root, path);
        JsonNode parent = root.at(path.head());
        if (parent instanceof ObjectNode object) {
            object.remove(path.last().getMatchingProperty());
        } else if (parent instanceof ArrayNode list) {
            list.remove(path.last().getMatchingIndex());
        }
    }

    private static ApiError failed(String why) {
        return ApiError.of(422, "Invalid", "the server rejected our request due to an error in our request: " + why);
    }
}
