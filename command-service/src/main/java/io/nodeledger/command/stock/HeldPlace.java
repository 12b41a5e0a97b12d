package io.nodeledger.command.stock;

import java.time.Instant;
import java.util.Map;

/** A place for a node while its request is decided; given back when closed, unless it was taken. */
public interface HeldPlace extends AutoCloseable {
    /** Regions without a place, with the time at which they may have one again. */
    Map<String, Instant> usedUp();

    /** Says that the node was admitted to the region. */
    void take(String nodeId, String region);

    @Override
    void close();

    /** A place where there is no limit. */
    static HeldPlace unlimited() {
        return new HeldPlace() {
            @Override
            public Map<String, Instant> usedUp() {
                return Map.of();
            }

            @Override
            public void take(String nodeId, String region) {
                // Nobody counts.
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }
}
