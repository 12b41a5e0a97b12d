package io.nodeledger.command.lifecycle;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.transition.TransitionDurations;

/** How long operations take of late. */
@FunctionalInterface
public interface Estimates {
    /** Seconds in which nearly all operations of the kind have ended. */
    long secondsOf(OperationType type);

    /** How long the parts of transitions take. */
    default TransitionDurations transitions() {
        return TransitionDurations.USUAL;
    }
}
