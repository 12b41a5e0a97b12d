package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads transitions straight from their streams, never from anything that may lag behind. */
final class TransitionStreams {
    private final EventStore events;

    TransitionStreams(EventStore events) {
        this.events = events;
    }

    /** What the transition's stream says. */
    Optional<TransitionRecord> read(String transitionId) {
        @Nullable TransitionRecord record = null;
        var stream = events.readEvents(transitionId, 0);
        while (stream.hasNext()) {
            record =
                    TransitionFold.after(record, (TransitionEvent) stream.next().getPayload());
        }
        return Optional.ofNullable(record);
    }
}
