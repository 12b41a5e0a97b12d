package io.nodeledger.simulators.kubernetes.patch;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386: objects merge, null removes, all else replaces. */
final class MergePatch {
    private MergePatch() {}

    static ObjectNode apply(ObjectNode target, ObjectNode patch) {
        for (var entry : patch.properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(entry.getKey());
            } else if (value instanceof ObjectNode nested) {
                ObjectNode inner = target.path(entry.getKey()) instanceof ObjectNode found
                        ? found
                        : target.putObject(entry.getKey());
                apply(inner, nested);
            } else {
                target.set(entry.getKey(), value.deepCopy());
            }
        }
        return target;
    }
}
