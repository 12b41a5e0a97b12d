package io.nodeledger.events.transition;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.record.TransitionRecord;

/** How a workspace or a transition took a wish for a transition. */
public sealed interface TransitionAnswer {
    /**
     * It is as wished.
     *
     * @param transition as it is now
     * @param sequence number of the event in its stream after which this is visible
     */
    record Accepted(TransitionRecord transition, long sequence) implements TransitionAnswer {}

    /** It can't be done. */
    record Refused(Refusal refusal) implements TransitionAnswer {}
}
