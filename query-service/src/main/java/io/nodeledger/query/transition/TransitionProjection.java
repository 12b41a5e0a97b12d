package io.nodeledger.query.transition;

import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import org.jspecify.annotations.Nullable;

/** Folds a transition's stream into its row. */
public final class TransitionProjection implements Projection<TransitionRow> {
    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof TransitionEvent happened ? happened.transitionId() : null;
    }

    @Override
    public TransitionRow apply(@Nullable TransitionRow row, StoredEvent stored) {
        var event = (TransitionEvent) stored.payload();
        return row == null
                ? TransitionRow.begun(
                        TransitionFold.after(null, event),
                        stored.cause().actorId(),
                        stored.cause().requestId())
                : row.after(TransitionFold.after(row.transition(), event), event.effectiveAt());
    }
}
