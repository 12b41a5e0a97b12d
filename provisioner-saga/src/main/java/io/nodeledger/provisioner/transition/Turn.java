package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionOutcome;
import java.time.Instant;

/** One look at a transition, as whoever works on one of its stages sees it. */
interface Turn {
    /** The current time. */
    Instant now();

    /** What was begun in the window and must not be cut in half; empty when nothing was. */
    String begunUnit();

    /** Notes, durably, what is begun or, empty, that it is done. */
    void begin(String unit);

    /** What keeps it from getting on, for people; told when that lasts. */
    void waitsFor(String reason);

    /** It does not get on without a person, and goes on trying; people are asked once. */
    void askPeople(String reason);

    /** Notes how far it is, by a number that grows as it gets on; what comes and goes is no progress. */
    void progress(long number);

    /**
     * Records an outcome in the transition's stream, durably, before it returns.
     *
     * @throws TurnLost when the transition has gone on otherwise
     */
    void record(TransitionOutcome outcome);

    /**
     * To be called right before each call that changes something outside.
     *
     * @throws TurnLost when this instance no longer works on the transition, or it has turned back
     */
    void assertLease();
}
