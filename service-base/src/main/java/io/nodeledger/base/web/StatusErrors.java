package io.nodeledger.base.web;

import java.time.Duration;
import java.util.Map;

/** The documented error for a bare HTTP status, as the HTTP server and frameworks raise it. */
final class StatusErrors {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private StatusErrors() {}

    /** Statuses that the API doesn't document become the nearest one that it does. */
    static ApiError of(int status, String path) {
        return switch (status) {
            case 401 -> new ApiError(ErrorCode.AUTH_REQUIRED, "A bearer token is required");
            case 403 -> ApiError.denied("unknown", path);
            case 404 -> ApiError.notFound("path", path);
            case 405 -> new ApiError(ErrorCode.METHOD_NOT_ALLOWED, "The method is not allowed here");
            case 406 -> new ApiError(ErrorCode.NOT_ACCEPTABLE, "No acceptable representation");
            case 413 -> new ApiError(ErrorCode.PAYLOAD_TOO_LARGE, "The request body is too large");
            case 415 -> new ApiError(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The content type is not supported");
            case 429 -> new ApiError(ErrorCode.RATE_LIMIT_EXCEEDED, "Too many requests", Map.of()).retryAfter(RETRY);
            // An unknown transfer coding or protocol version is the caller's mistake, not a fault of the service.
            case 501, 505 -> malformedRequest();
            case 503 -> ApiError.unavailable(RETRY);
            default -> status >= 500 ? internal() : malformedRequest();
        };
    }

    static ApiError malformedRequest() {
        return ApiError.validation("request", "malformed", "The HTTP request is malformed");
    }

    static ApiError internal() {
        return new ApiError(ErrorCode.INTERNAL_ERROR, "An internal error occurred");
    }
}
