package io.nodeledger.command.lifecycle;

import io.nodeledger.events.operation.OperationType;

/** How long operations take of late, apart from drains. */
@FunctionalInterface
public interface Estimates {
    /** Seconds in which nearly all operations of the kind have ended. */
    long secondsOf(OperationType type);
}
