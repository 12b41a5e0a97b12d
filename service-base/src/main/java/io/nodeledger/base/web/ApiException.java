package io.nodeledger.base.web;

/** Ends a request with a documented error. Carries no stack trace: it is an answer, not a fault. */
public final class ApiException extends RuntimeException {
    private final transient ApiError error;

    public ApiException(ApiError error) {
        super(error.code() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    /** What the caller is told. */
    public ApiError error() {
        return error;
    }
}
