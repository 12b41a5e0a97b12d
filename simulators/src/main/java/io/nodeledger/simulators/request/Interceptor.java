package io.nodeledger.simulators.request;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Looks at every request before and after it has its effect, and may drop its connection on either side. It runs on the
 * simulator's own threads and must not block them; to hold a request, it completes its stage later.
 */
@FunctionalInterface
public interface Interceptor {
    /**
     * Lets a request pass, or not.
     *
     * @param effect has the effect when it is called, at most once, and tells how the request would end; its stage never
     *     completes for a request that is never answered
     */
    CompletionStage<Verdict> around(SeenRequest request, Supplier<CompletionStage<Verdict>> effect);
}
