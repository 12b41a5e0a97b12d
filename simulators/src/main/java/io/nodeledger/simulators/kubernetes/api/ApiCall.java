package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import io.nodeledger.simulators.kubernetes.object.FieldSelector;
import io.nodeledger.simulators.kubernetes.object.Fields;
import io.nodeledger.simulators.kubernetes.object.LabelSelector;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One request to a resource, with its body read. */
record ApiCall(ApiPath path, ApiRequest request) {
    private static final YAMLMapper YAML = new YAMLMapper();

    String method() {
        return request.method();
    }

    MultiMap headers() {
        return request.headers();
    }

    String parameter(String name) {
        String value = request.query().get(name);
        return value == null ? "" : value;
    }

    boolean flag(String name) {
        String value = parameter(name).toLowerCase(Locale.ROOT);
        return value.equals("true") || value.equals("1");
    }

    int number(String name, int otherwise) {
        String value = parameter(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notANumber) {
            throw ApiError.badRequest("invalid value for " + name + ": " + value);
        }
    }

    boolean dryRun() {
        return !parameter("dryRun").isEmpty();
    }

    String contentType() {
        String type = headers().get("Content-Type");
        if (type == null) {
            return "application/json";
        }
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters)).strip();
    }

    /** The body as a tree, empty when there is none. */
    JsonNode body() {
        Buffer content = request.content();
        if (content.length() == 0) {
            return Fields.object();
        }
        String type = contentType();
        if (type.contains("protobuf") || type.contains("cbor")) {
            throw ApiError.of(415, "UnsupportedMediaType", "the body of the request was in an unknown format: " + type);
        }
        try {
            return type.contains("yaml") ? YAML.readTree(content.toString()) : Fields.JSON.readTree(content.getBytes());
        } catch (JacksonException unreadable) {
            throw ApiError.badRequest("the object provided is unrecognized: " + unreadable.getOriginalMessage());
        }
    }

    /** The body as an object of the addressed type. */
    ObjectNode object() {
        if (!(body() instanceof ObjectNode object) || object.isEmpty()) {
            throw ApiError.badRequest("the object provided is unrecognized: an object is expected");
        }
        String kind = Fields.text(object, "kind");
        if (!kind.isEmpty() && !kind.equals(path.resource().kind())) {
            throw ApiError.badRequest(kind + " in version \"" + Fields.text(object, "apiVersion")
                    + "\" cannot be handled as a " + path.resource().kind());
        }
        return object;
    }

    /** What a collection request asks for: namespace and selectors. */
    Predicate<JsonNode> filter() {
        LabelSelector labels = LabelSelector.parse(parameter("labelSelector"));
        FieldSelector fields = FieldSelector.parse(path.resource(), parameter("fieldSelector"));
        String namespace = path.namespace();
        String name = path.name();
        boolean any = !request.findsNothing();
        return object -> any
                && (namespace.isEmpty() || namespace.equals(Fields.namespace(object)))
                && (name.isEmpty() || name.equals(Fields.name(object)))
                && labels.matches(object)
                && fields.matches(object);
    }
}
