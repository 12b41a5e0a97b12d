package io.nodeledger.query.events;

import java.time.Instant;

/** An event of a node, and its place among all of them. */
sealed interface Happened {
    EventView view();

    /** When it happened last. */
    default Instant at() {
        return view().lastTimestamp();
    }

    /** Told by the node's cluster. */
    record OfCluster(String id, EventView view) implements Happened {}

    /**
     * A fact of the node's life.
     *
     * @param position in the order of all events of the platform
     */
    record OfPlatform(long position, EventView view) implements Happened {}
}
