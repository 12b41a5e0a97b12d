package io.nodeledger.base.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Bounds how much is asked. Whoever answers a request asks it first, so that every answer says what is left. */
@FunctionalInterface
public interface RequestLimit {
    /** No bounds. */
    RequestLimit NONE = (request, response) -> Optional.empty();

    /**
     * Counts the request, once however often it is asked about, and tells the caller what is left in the answer's headers.
     *
     * @return what to answer when it is one request too many
     */
    Optional<ApiError> count(HttpServletRequest request, HttpServletResponse response);
}
