package io.nodeledger.simulators.request;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/** Those who look on at one simulator; the first that came sees a request first and its end last. */
public final class Interceptors {
    private final List<Interceptor> all = new CopyOnWriteArrayList<>();

    /** Shows all requests from now on to one more. */
    public Interception add(Interceptor interceptor) {
        all.add(interceptor);
        return () -> all.remove(interceptor);
    }

    /**
     * The filter that lets them look on.
     *
     * @param dropped the answer that means none
     */
    public <Q, A> Filter<Q, A> filter(Function<Q, SeenRequest> seen, A dropped) {
        return (request, next) ->
                all.isEmpty() ? next.apply(request) : pass(seen.apply(request), () -> next.apply(request), dropped);
    }

    private <A> CompletionStage<A> pass(SeenRequest request, Supplier<CompletionStage<A>> service, A dropped) {
        AtomicReference<A> answer = new AtomicReference<>(dropped);
        Supplier<CompletionStage<Verdict>> effect = () -> service.get().thenApply(given -> {
            answer.set(given);
            return given.equals(dropped) ? Verdict.DROP : Verdict.ANSWER;
        });
        for (Interceptor interceptor : List.copyOf(all).reversed()) {
            Supplier<CompletionStage<Verdict>> inner = effect;
            effect = () -> interceptor.around(request, inner);
        }
        try {
            return effect.get().thenApply(verdict -> verdict == Verdict.DROP ? dropped : answer.get());
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }
}
