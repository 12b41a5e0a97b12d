package io.nodeledger.query.projection;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets a reader wait until the tables that are read have come as far as a write. */
public final class ReadPositions {
    private static final String TOKENS = TokenStores.table("query");

    /** How long one generation is waited for before it is asked again which one is read: a rebuild may have ended. */
    private static final long LONGEST_LOOK_NANOS = Duration.ofMillis(200).toNanos();

    private final List<ReadModel> models;
    private final Generations generations;
    private final Positions positions;
    private final Duration bound;
    private final AtomicInteger waiting = new AtomicInteger();

    ReadPositions(List<ReadModel> models, Generations generations, Positions positions, Duration bound) {
        this.models = models;
        this.generations = generations;
        this.positions = positions;
        this.bound = bound;
    }

    /** Waits for all read models; false when the bound passed first or the position names no event. */
    public boolean await(EventPosition position) {
        var deadline = System.nanoTime() + bound.toNanos();
        var index = positions.globalIndexOf(position.stream(), position.sequence());
        waiting.incrementAndGet();
        try {
            return index.isPresent() && await(index.getAsLong(), deadline);
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** How many readers wait now. */
    int waiting() {
        return waiting.get();
    }

    /** Whether a position is of an event that is there. */
    public boolean names(EventPosition position) {
        return positions.globalIndexOf(position.stream(), position.sequence()).isPresent();
    }

    private boolean await(long globalIndex, long deadline) {
        while (true) {
            var processors = generations.activeProcessors(models);
            if (processors.size() < models.size()) {
                return false;
            }
            var left = Math.max(0, deadline - System.nanoTime());
            var look = Duration.ofNanos(Math.min(left, LONGEST_LOOK_NANOS));
            if (positions.await(processors, TOKENS, globalIndex, look)) {
                return true;
            }
            if (left <= LONGEST_LOOK_NANOS || Thread.currentThread().isInterrupted()) {
                return false;
            }
        }
    }
}
