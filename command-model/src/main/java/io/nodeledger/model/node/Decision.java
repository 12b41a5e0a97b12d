package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent;
import java.util.List;
import java.util.function.LongFunction;

/**
 * What is decided on a node.
 *
 * @param events what happens to it, if anything
 * @param answer what the caller is told once that is in the stream, by the number of the last event there
 */
record Decision<A>(List<NodeEvent> events, LongFunction<A> answer) {
    /** Nothing happens. */
    static <A> Decision<A> nothing(A answer) {
        return new Decision<>(List.of(), _ -> answer);
    }
}
