package io.nodeledger.query.projection;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import java.time.Duration;
import java.util.List;

/** Lets a reader wait until the tables that are read have come as far as a write. */
public final class ReadPositions {
    private static final String TOKENS = TokenStores.table("query");

    private final List<ReadModel> models;
    private final Generations generations;
    private final Positions positions;
    private final Duration bound;

    ReadPositions(List<ReadModel> models, Generations generations, Positions positions, Duration bound) {
        this.models = models;
        this.generations = generations;
        this.positions = positions;
        this.bound = bound;
    }

    /** Waits for all read models; false when the bound passed first or the position names no event. */
    public boolean await(EventPosition position) {
        var deadline = System.nanoTime() + bound.toNanos();
        for (var model : models) {
            var active = generations.in(Generation.State.ACTIVE, model);
            if (active == null
                    || !positions.await(
                            active.processorName(),
                            TOKENS,
                            position,
                            Duration.ofNanos(Math.max(0, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }
}
