package io.nodeledger.simulators.request;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How a request ends for whoever sent it. */
public enum Verdict {
    /** The answer is sent. */
    ANSWER,
    /** The connection is closed without an answer. */
    DROP;

    /** This verdict, already given. */
    public CompletionStage<Verdict> now() {
        return CompletableFuture.completedFuture(this);
    }
}
