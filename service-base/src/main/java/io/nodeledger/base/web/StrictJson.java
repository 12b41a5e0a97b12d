package io.nodeledger.base.web;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one JSON document and notes duplicate keys, each with its path. The library's own check would stop at the
 * first, and two readers that keep different duplicates are a way around validation.
 */
final class StrictJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final JsonParser parser;
    private final Violations violations;

    private StrictJson(JsonParser parser, Violations violations) {
        this.parser = parser;
        this.violations = violations;
    }

    /**
     * Reads the document.
     *
     * @throws JacksonException when the bytes are not exactly one JSON document
     */
    static JsonNode read(JsonMapper mapper, byte[] document, Violations violations) {
        try (JsonParser parser = mapper.createParser(document)) {
            var reader = new StrictJson(parser, violations);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return NODES.missingNode();
            }
            JsonNode root = reader.value(first, "");
            if (parser.nextToken() != null) {
                violations.add("body", "malformed_json", "must be exactly one JSON document");
            }
            return root;
        }
    }

    private JsonNode value(JsonToken token, String path) {
        return switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> array(path);
            case VALUE_STRING -> NODES.stringNode(parser.getString());
            case VALUE_NUMBER_INT -> NODES.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private ObjectNode object(String path) {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            String at = path.isEmpty() ? name : path + "." + name;
            boolean duplicate = object.has(name);
            JsonNode value = value(parser.nextToken(), at);
            if (duplicate) {
                violations.add(at, "duplicate_key", "is there more than once");
            } else {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode array(String path) {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(token, path + "[" + array.size() + "]"));
        }
        return array;
    }
}
