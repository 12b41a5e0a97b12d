package io.nodeledger.simulators.kubernetes.api;

import io.nodeledger.simulators.kubernetes.object.ApiError;
import tools.jackson.databind.JsonNode;

/** What becomes of a request. */
public sealed interface ApiAnswer {
    /** The connection is closed without an answer. */
    ApiAnswer DROPPED = new Dropped();

    /** An object, a list or a {@code Status}. */
    record Json(int status, JsonNode body) implements ApiAnswer {}

    /** What health checks get. */
    record Plain(String text) implements ApiAnswer {}

    /** A watch, which begins when its turn to be answered has come. */
    record Watching(Runnable begin) implements ApiAnswer {}

    /** Nothing is sent. */
    record Dropped() implements ApiAnswer {}

    static ApiAnswer refused(ApiError refusal) {
        return new Json(refusal.code(), refusal.status());
    }
}
