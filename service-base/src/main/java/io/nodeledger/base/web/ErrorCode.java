package io.nodeledger.base.web;

/** The error codes of the API, each with its HTTP status (source: API decisions, "Envelope and errors"). */
public enum ErrorCode {
    VALIDATION_ERROR(400),
    NOT_SUPPORTED(400),
    AUTH_REQUIRED(401),
    AUTH_INVALID_TOKEN(401),
    AUTH_TOKEN_EXPIRED(401),
    INSUFFICIENT_CREDITS(402),
    AUTH_PERMISSION_DENIED(403),
    WORKSPACE_SUSPENDED(403),
    RESOURCE_NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    NODE_LIMIT_EXCEEDED(409),
    NODE_NAME_TAKEN(409),
    INVALID_STATE(409),
    OPERATION_IN_PROGRESS(409),
    IDEMPOTENCY_KEY_IN_FLIGHT(409),
    PRECONDITION_FAILED(412),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    INSUFFICIENT_CAPACITY(422),
    IDEMPOTENCY_KEY_REUSED(422),
    RATE_LIMIT_EXCEEDED(429),
    INTERNAL_ERROR(500),
    SYSTEM_SERVICE_UNAVAILABLE(503);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status that goes with the code. */
    public int status() {
        return status;
    }
}
