package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The same events under events.k8s.io/v1, where some fields have other names. */
final class EventsV1 {
    private EventsV1() {}

    static ObjectNode shown(Resource as, ObjectNode stored) {
        if (as != Resource.EVENTS_V1) {
            return stored;
        }
        ObjectNode event = stored.deepCopy().put("apiVersion", "events.k8s.io/v1");
        rename(event, "involvedObject", "regarding");
        rename(event, "message", "note");
        rename(event, "reportingComponent", "reportingController");
        rename(event, "source", "deprecatedSource");
        rename(event, "firstTimestamp", "deprecatedFirstTimestamp");
        rename(event, "lastTimestamp", "deprecatedLastTimestamp");
        rename(event, "count", "deprecatedCount");
        return event;
    }

    /** The stored form of an event that came in under events.k8s.io/v1. */
    static ObjectNode stored(Resource as, ObjectNode given) {
        if (as != Resource.EVENTS_V1) {
            return given;
        }
        ObjectNode event = given.deepCopy().put("apiVersion", "v1");
        rename(event, "regarding", "involvedObject");
        rename(event, "note", "message");
        rename(event, "reportingController", "reportingComponent");
        rename(event, "deprecatedSource", "source");
        rename(event, "deprecatedFirstTimestamp", "firstTimestamp");
        rename(event, "deprecatedLastTimestamp", "lastTimestamp");
        rename(event, "deprecatedCount", "count");
        return event;
    }

    private static void rename(ObjectNode event, String from, String to) {
        JsonNode value = event.remove(from);
        if (value != null && Fields.present(value)) {
            event.set(to, value);
        }
    }
}
