package io.nodeledger.simulators.kubernetes.api;

import io.vertx.core.http.HttpServerRequest;

/** Stands in front of the API server and may answer, delay or spoil a request; the place for injected faults. */
@FunctionalInterface
public interface RequestInterceptor {
    RequestInterceptor NONE = (request, next) -> next.run();

    /** Runs {@code next} when the request may be served, at once or later; otherwise it is dealt with here. */
    void intercept(HttpServerRequest request, Runnable next);
}
