package io.nodeledger.simulators.kubernetes.object;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets conditions so that the transition time moves only when the status does. */
public final class Conditions {
    private Conditions() {}

    public static void set(ObjectNode object, String type, String status, String reason, String message, Instant now) {
        var conditions = Fields.list(Fields.child(object, "status"), "conditions");
        ObjectNode condition = null;
        for (JsonNode candidate : conditions) {
            if (text(candidate, "type").equals(type) && candidate instanceof ObjectNode found) {
                condition = found;
            }
        }
        if (condition == null) {
            condition = conditions.addObject().put("type", type);
        }
        if (!text(condition, "status").equals(status)) {
            condition.put("status", status).put("lastTransitionTime", Times.seconds(now));
        }
        putOrDrop(condition, "reason", reason);
        putOrDrop(condition, "message", message);
    }

    private static void putOrDrop(ObjectNode condition, String field, String value) {
        if (value.isEmpty()) {
            condition.remove(field);
        } else {
            condition.put(field, value);
        }
    }
}
