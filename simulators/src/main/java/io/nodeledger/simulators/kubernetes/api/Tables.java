package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.Resource;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-side printing: the columns that {@code kubectl get} shows. */
final class Tables {
    /** A column; those of priority 1 show with {@code -o wide} only. */
    record Column(String name, String type, int priority, BiFunction<JsonNode, Instant, String> cell) {
        static Column column(String name, BiFunction<JsonNode, Instant, String> cell) {
            return new Column(name, "string", 0, cell);
        }

        static Column wide(String name, BiFunction<JsonNode, Instant, String> cell) {
            return new Column(name, "string", 1, cell);
        }
    }

    private Tables() {}

    static ObjectNode of(Resource resource, List<ObjectNode> objects) {
        List<Column> columns = TableColumns.of(resource);
        ObjectNode table = Fields.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        ArrayNode definitions = table.putArray("columnDefinitions");
        for (Column column : columns) {
            definitions
                    .addObject()
                    .put("name", column.name())
                    .put("type", column.type())
                    .put("format", column.name().equals("Name") ? "name" : "")
                    .put("description", column.name())
                    .put("priority", column.priority());
        }
        ArrayNode rows = table.putArray("rows");
        Instant now = Instant.now();
        for (ObjectNode object : objects) {
            ArrayNode cells = rows.addObject().putArray("cells");
            columns.forEach(column -> cells.add(column.cell().apply(object, now)));
        }
        return table;
    }
}
