package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.Outcome;
import java.time.Instant;

/** One attempt at a step, as the step sees it. */
public interface Attempt {
    /** Counts from 1; waits do not count. */
    int number();

    /** When the step was first attempted. */
    Instant startedAt();

    /** The current time. */
    Instant now();

    /**
     * Records progress ({@link Outcome.TaskStarted} before a provider's task is waited for, {@link Outcome.Delayed} for
     * a reason that a person should see) in the node's stream, durably, before it returns.
     *
     * @throws LeaseLost when this instance no longer owns the step
     */
    void record(Outcome progress);

    /**
     * To be called right before each call that changes something outside.
     *
     * @throws LeaseLost when this instance no longer owns the step, or the operation is no longer the node's current
     *     one; the step must stop at once
     */
    void assertLease();
}
