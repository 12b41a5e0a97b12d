package io.nodeledger.base.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A documented no to a caller.
 *
 * @param code the API's code, which decides the HTTP status
 * @param message sentence for people; never a stack trace or a statement of the database
 * @param details facts for programs, keys in snake_case
 * @param headers response headers that belong to the error, e.g. {@code Retry-After}
 */
public record ApiError(ErrorCode code, String message, Map<String, Object> details, Map<String, String> headers) {
    /** The detail of a 403 that names the permission. */
    public static final String REQUIRED_PERMISSION = "required_permission";

    public ApiError(ErrorCode code, String message, Map<String, Object> details) {
        this(code, message, details, Map.of());
    }

    public ApiError(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /** 400 with one entry for each bad field. */
    public static ApiError validation(List<FieldViolation> fields) {
        return new ApiError(
                ErrorCode.VALIDATION_ERROR, "The request has invalid fields", Map.of("fields", List.copyOf(fields)));
    }

    /** 400 about a single field. */
    public static ApiError validation(String field, String code, String message) {
        return validation(List.of(new FieldViolation(field, code, message)));
    }

    /** 404, also for everything that the caller may not know of. */
    public static ApiError notFound(String resourceType, String resourceId) {
        var details = new LinkedHashMap<String, Object>();
        details.put("resource_type", resourceType);
        details.put("resource_id", resourceId);
        return new ApiError(ErrorCode.RESOURCE_NOT_FOUND, "No such " + resourceType, details);
    }

    /** 403 for a caller who sees the resource but lacks the permission. */
    public static ApiError denied(String requiredPermission, String resource) {
        var details = new LinkedHashMap<String, Object>();
        details.put(REQUIRED_PERMISSION, requiredPermission);
        details.put("resource", resource);
        return new ApiError(ErrorCode.AUTH_PERMISSION_DENIED, "The permission is missing", details);
    }

    /** 503: something that the service stands on is out of reach, the same request may succeed soon. */
    public static ApiError unavailable(Duration retryAfter) {
        return new ApiError(ErrorCode.SYSTEM_SERVICE_UNAVAILABLE, "The service is temporarily unavailable")
                .retryAfter(retryAfter);
    }

    /** The same error with a response header. */
    public ApiError withHeader(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiError(code, message, details, more);
    }

    /** The same error, telling the caller when to try again. */
    public ApiError retryAfter(Duration after) {
        return withHeader("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
    }
}
