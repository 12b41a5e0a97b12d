package io.nodeledger.simulators.kubernetes.object;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A refusal that reaches the client as a {@code Status} object with the wording of the real API server. */
public final class ApiError extends RuntimeException {
    private final int code;
    private final String reason;
    private final transient @Nullable ObjectNode details;

    /** One field or fact that is to blame. */
    public record Cause(String reason, String message, String field) {}

    private ApiError(int code, String reason, String message, @Nullable ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    private String text() {
        String message = getMessage();
        return message == null ? reason : message;
    }

    /** The {@code Status} body. */
    public ObjectNode status() {
        ObjectNode status = Fields.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Failure").put("message", text()).put("reason", reason);
        if (details != null) {
            status.set("details", details);
        }
        return status.put("code", code);
    }

    public static ApiError of(int code, String reason, String message) {
        return new ApiError(code, reason, message, null);
    }

    public static ApiError badRequest(String message) {
        return of(400, "BadRequest", message);
    }

    public static ApiError notFound(Resource resource, String name) {
        return new ApiError(
                404, "NotFound", quoted(resource, name) + " not found", details(resource, resource.plural(), name));
    }

    public static ApiError noSuchPath() {
        return new ApiError(404, "NotFound", "the server could not find the requested resource", Fields.object());
    }

    public static ApiError alreadyExists(Resource resource, String name) {
        return new ApiError(
                409,
                "AlreadyExists",
                quoted(resource, name) + " already exists",
                details(resource, resource.plural(), name));
    }

    public static ApiError modified(Resource resource, String name) {
        return conflict(
                resource,
                name,
                "the object has been modified; please apply your changes to the latest version and try again");
    }

    public static ApiError conflict(Resource resource, String name, String why) {
        return new ApiError(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + quoted(resource, name) + ": " + why,
                details(resource, resource.plural(), name));
    }

    public static ApiError invalid(Resource resource, String name, List<Cause> causes) {
        ObjectNode details = details(resource, resource.kind(), name);
        List<String> lines = causes.stream()
                .map(c -> c.field().isEmpty() ? c.message() : c.field() + ": " + c.message())
                .toList();
        addCauses(details, causes);
        String listed = lines.size() == 1 ? lines.getFirst() : "[" + String.join(", ", lines) + "]";
        String kind = resource.group().isEmpty() ? resource.kind() : resource.kind() + "." + resource.group();
        return new ApiError(422, "Invalid", kind + " \"" + name + "\" is invalid: " + listed, details);
    }

    public static ApiError forbidden(Resource resource, String name, String why, List<Cause> causes) {
        ObjectNode details = details(resource, resource.plural(), name);
        addCauses(details, causes);
        return new ApiError(403, "Forbidden", quoted(resource, name) + " is forbidden: " + why, details);
    }

    public static ApiError tooManyRequests(String message, int retryAfterSeconds, List<Cause> causes) {
        ObjectNode details = Fields.object();
        addCauses(details, causes);
        if (retryAfterSeconds > 0) {
            details.put("retryAfterSeconds", retryAfterSeconds);
        }
        return new ApiError(429, "TooManyRequests", message, details);
    }

    private static String quoted(Resource resource, String name) {
        return resource.qualified() + " \"" + name + "\"";
    }

    private static ObjectNode details(Resource resource, String kind, String name) {
        ObjectNode details = Fields.object().put("name", name);
        if (!resource.group().isEmpty()) {
            details.put("group", resource.group());
        }
        return details.put("kind", kind);
    }

    private static void addCauses(ObjectNode details, List<Cause> causes) {
        if (!causes.isEmpty()) {
            var list = details.putArray("causes");
            for (Cause cause : causes) {
                ObjectNode entry =
                        list.addObject().put("reason", cause.reason()).put("message", cause.message());
                if (!cause.field().isEmpty()) {
                    entry.put("field", cause.field());
                }
            }
        }
    }
}
