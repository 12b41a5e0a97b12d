package io.nodeledger.simulators.kubernetes.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reading and writing fields of Kubernetes objects held as JSON trees. Trees in the store are never changed in place:
 * a change works on a copy.
 */
public final class Fields {
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private Fields() {}

    public static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public static ArrayNode array() {
        return JSON.createArrayNode();
    }

    public static JsonNode at(@Nullable JsonNode from, String... path) {
        JsonNode node = from == null ? MissingNode.getInstance() : from;
        for (String field : path) {
            node = node.path(field);
        }
        return node;
    }

    /** The text at a path, empty when absent. */
    public static String text(@Nullable JsonNode from, String... path) {
        JsonNode node = at(from, path);
        return node.isValueNode() && !node.isNull() ? node.asString("") : "";
    }

    public static int integer(@Nullable JsonNode from, int otherwise, String... path) {
        JsonNode node = at(from, path);
        return node.isNumber() ? node.asInt(otherwise) : otherwise;
    }

    public static boolean flag(@Nullable JsonNode from, String... path) {
        return at(from, path).asBoolean(false);
    }

    public static boolean present(@Nullable JsonNode from, String... path) {
        JsonNode node = at(from, path);
        return !node.isMissingNode() && !node.isNull();
    }

    public static Stream<JsonNode> each(@Nullable JsonNode from, String... path) {
        JsonNode node = at(from, path);
        return node.isArray() ? node.valueStream() : Stream.empty();
    }

    /** The object at a path, created on the way where absent. */
    public static ObjectNode child(ObjectNode from, String... path) {
        ObjectNode node = from;
        for (String field : path) {
            node = node.path(field) instanceof ObjectNode found ? found : node.putObject(field);
        }
        return node;
    }

    /** The list at a field, created where absent. */
    public static ArrayNode list(ObjectNode parent, String field) {
        return parent.path(field) instanceof ArrayNode found ? found : parent.putArray(field);
    }

    public static Map<String, String> strings(@Nullable JsonNode from, String... path) {
        Map<String, String> found = new LinkedHashMap<>();
        if (at(from, path) instanceof ObjectNode node) {
            node.properties().forEach(entry -> found.put(entry.getKey(), text(entry.getValue())));
        }
        return found;
    }

    public static String name(@Nullable JsonNode object) {
        return text(object, "metadata", "name");
    }

    public static String namespace(@Nullable JsonNode object) {
        return text(object, "metadata", "namespace");
    }

    public static String uid(@Nullable JsonNode object) {
        return text(object, "metadata", "uid");
    }

    public static boolean terminating(@Nullable JsonNode object) {
        return present(object, "metadata", "deletionTimestamp");
    }

    /** A condition of the object's status, missing when it has none of that type. */
    public static JsonNode condition(@Nullable JsonNode object, String type) {
        return each(object, "status", "conditions")
                .filter(c -> text(c, "type").equals(type))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    public static boolean ready(@Nullable JsonNode object) {
        return text(condition(object, "Ready"), "status").equals("True");
    }
}
