package io.nodeledger.base.security;

/** Is told of what was denied, on the thread that answers: it neither waits nor fails. */
@FunctionalInterface
public interface DeniedRequests {
    /** Tells nobody. */
    DeniedRequests UNTOLD = _ -> {};

    void note(DeniedAttempt attempt);
}
