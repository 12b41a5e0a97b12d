package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the JSON body of a request. Controllers call it themselves, so that a caller without permission is told so
 * before anything is said about the body.
 */
public final class RequestBodyReader {
    /** Largest body that is read, in bytes. */
    public static final int LARGEST_BODY = 64 * 1024;

    private static final String BODY = RequestBodyReader.class.getName();

    private final ApiJson json;

    public RequestBodyReader(ApiJson json) {
        this.json = json;
    }

    /**
     * The fields of the body, which must be a JSON object.
     *
     * @throws ApiException 413, 415, or 400 when the body is no JSON object
     */
    public JsonFields read(HttpServletRequest request) throws IOException {
        requireJson(request.getContentType());
        return fields(request, limited(request));
    }

    /**
     * The same of a body that may be left out, which then has no fields.
     *
     * @throws ApiException 413, 415, or 400 when there is a body that is no JSON object
     */
    public JsonFields readIfAny(HttpServletRequest request) throws IOException {
        byte[] body = limited(request);
        if (body.length == 0) {
            return new JsonFields(json.mapper().createObjectNode(), "", new Violations());
        }
        requireJson(request.getContentType());
        return fields(request, body);
    }

    private JsonFields fields(HttpServletRequest request, byte[] body) {
        var violations = new Violations();
        JsonNode root = parse(body, violations);
        if (root.isMissingNode()) {
            violations.add("body", "required", "a JSON object is required");
        } else if (!root.isObject()) {
            violations.add("body", "invalid_type", "must be a JSON object");
        } else {
            request.setAttribute(BODY, root);
            return new JsonFields(root, "", violations);
        }
        throw new ApiException(ApiError.validation(violations.found()));
    }

    /** The body that was read of the request; none where nobody reads one. */
    public static Optional<JsonNode> bodyOf(HttpServletRequest request) {
        return request.getAttribute(BODY) instanceof JsonNode root ? Optional.of(root) : Optional.empty();
    }

    private JsonNode parse(byte[] body, Violations violations) {
        try {
            return StrictJson.read(json.mapper(), body, violations);
        } catch (JacksonException malformed) {
            var at = malformed.getLocation();
            violations.add(
                    "body",
                    "malformed_json",
                    "is not valid JSON"
                            + (at == null ? "" : " near line " + at.getLineNr() + ", column " + at.getColumnNr()));
            throw new ApiException(ApiError.validation(violations.found()));
        }
    }

    private static byte[] limited(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            throw tooLarge();
        }
        return body;
    }

    static ApiException tooLarge() {
        return new ApiException(new ApiError(
                ErrorCode.PAYLOAD_TOO_LARGE, "The request body is too large", Map.of("max_bytes", LARGEST_BODY)));
    }

    private static void requireJson(@Nullable String contentType) {
        if (!isJson(contentType)) {
            throw new ApiException(ErrorTranslation.unsupported(List.of(MediaType.APPLICATION_JSON)));
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        try {
            return contentType != null && MediaType.APPLICATION_JSON.includes(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }
}
