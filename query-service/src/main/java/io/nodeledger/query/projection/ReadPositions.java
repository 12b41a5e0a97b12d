package io.nodeledger.query.projection;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Lets a reader wait until the tables that are read have come as far as a write. */
public final class ReadPositions {
    private static final String TOKENS = TokenStores.table("query");

    private static final long LONGEST_TRUST_NANOS = Duration.ofMillis(200).toNanos();

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
        var active = new ActiveProcessors();
        return active.get().size() == models.size()
                && positions.await(
                        active, TOKENS, globalIndex, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    /** Those that fill the tables which are read, asked for anew once in a while: a rebuild may have ended. */
    private final class ActiveProcessors implements Supplier<List<String>> {
        private List<String> names = List.of();
        private long asked;

        @Override
        public List<String> get() {
            long now = System.nanoTime();
            if (names.isEmpty() || now - asked > LONGEST_TRUST_NANOS) {
                names = generations.activeProcessors(models);
                asked = now;
            }
            return names;
        }
    }
}
