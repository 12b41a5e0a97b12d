package io.nodeledger.simulators.kubernetes.patch;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A patch body with the format that its content type names. Server-side apply is treated as a merge. */
public record Patch(String contentType, JsonNode body) {
    public boolean serverSideApply() {
        return contentType.startsWith("application/apply-patch");
    }

    /** The patched copy of an object. */
    public ObjectNode applyTo(ObjectNode current) {
        ObjectNode target = current.deepCopy();
        if (contentType.equals("application/json-patch+json")) {
            return JsonPatch.apply(target, body);
        }
        if (!(body instanceof ObjectNode patch)) {
            throw ApiError.badRequest("error decoding patch: an object is expected");
        }
        return switch (contentType) {
            case "application/merge-patch+json" -> MergePatch.apply(target, patch);
            case "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml",
                    "application/apply-patch+cbor" -> StrategicMergePatch.apply(target, patch);
            default ->
                throw ApiError.of(
                        415,
                        "UnsupportedMediaType",
                        "the body of the request was in an unknown format - accepted media types include:"
                                + " application/json-patch+json, application/merge-patch+json,"
                                + " application/strategic-merge-patch+json, application/apply-patch+yaml");
        };
    }
}
