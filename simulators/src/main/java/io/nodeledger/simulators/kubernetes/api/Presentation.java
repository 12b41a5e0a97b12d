package io.nodeledger.simulators.kubernetes.api;

import static io.nodeledger.simulators.kubernetes.object.Fields.text;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** In which shape the client wants objects: whole, as metadata only, or as rows of a table. */
enum Presentation {
    WHOLE,
    METADATA,
    TABLE;

    static Presentation of(ApiCall call) {
        String accept = call.headers().get("Accept");
        if (accept == null) {
            return WHOLE;
        }
        for (String option : accept.split(",", -1)) {
            if (option.contains("as=Table")) {
                return TABLE;
            }
            if (option.contains("as=PartialObjectMetadata")) {
                return METADATA;
            }
            if (option.contains("json") || option.contains("*/*")) {
                return WHOLE;
            }
        }
        return WHOLE;
    }

    ObjectNode one(ApiCall call, ObjectNode object) {
        Resource resource = call.path().resource();
        ObjectNode shown = EventsV1.shown(resource, object);
        return switch (this) {
            case WHOLE -> shown;
            case METADATA -> metadata(shown);
            case TABLE -> table(call, List.of(shown));
        };
    }

    ObjectNode many(ApiCall call, List<ObjectNode> objects, ObjectNode listMetadata) {
        Resource resource = call.path().resource();
        List<ObjectNode> shown =
                objects.stream().map(o -> EventsV1.shown(resource, o)).toList();
        if (this == TABLE) {
            ObjectNode table = table(call, shown);
            table.set("metadata", listMetadata);
            return table;
        }
        ObjectNode list = Fields.object();
        if (this == METADATA) {
            list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
        } else {
            list.put("kind", resource.kind() + "List").put("apiVersion", resource.apiVersion());
        }
        list.set("metadata", listMetadata);
        ArrayNode items = list.putArray("items");
        shown.forEach(o -> items.add(this == METADATA ? metadata(o) : o));
        return list;
    }

    private static ObjectNode metadata(JsonNode object) {
        ObjectNode partial =
                Fields.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static ObjectNode table(ApiCall call, List<ObjectNode> objects) {
        ObjectNode table = Tables.of(call.path().resource(), objects);
        String include = call.parameter("includeObject");
        int row = 0;
        for (JsonNode entry : table.path("rows")) {
            ObjectNode object = objects.get(row++);
            if (entry instanceof ObjectNode target && !include.equals("None")) {
                target.set("object", include.equals("Object") ? object : metadata(object));
            }
        }
        if (!objects.isEmpty()) {
            Fields.child(table, "metadata")
                    .put("resourceVersion", text(objects.getLast(), "metadata", "resourceVersion"));
        }
        return table;
    }
}
