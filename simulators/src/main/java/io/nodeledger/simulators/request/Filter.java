package io.nodeledger.simulators.request;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Stands around a service: may answer in its place, change the request, or change what is answered.
 *
 * @param <Q> the service's requests
 * @param <A> its answers
 */
@FunctionalInterface
public interface Filter<Q, A> {
    CompletionStage<A> around(Q request, Function<Q, CompletionStage<A>> next);

    /** This one with another one inside of it. */
    default Filter<Q, A> then(Filter<Q, A> inner) {
        return (request, next) -> around(request, changed -> inner.around(changed, next));
    }
}
