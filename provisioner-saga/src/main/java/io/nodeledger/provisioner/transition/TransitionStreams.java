package io.nodeledger.provisioner.transition;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads transitions straight from their streams, never from anything that may lag behind. */
final class TransitionStreams {
    private static final int REMEMBERED = 1_000;

    private final EventStore events;
    private final Cache<String, Optional<String>> traces =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    TransitionStreams(EventStore events) {
        this.events = events;
    }

    /** The number of the last event in the transition's stream, -1 when there is none. */
    long last(String transitionId) {
        return events.lastSequenceNumberFor(transitionId).orElse(-1L);
    }

    /** The trace of what has begun it, null when that was in none. */
    @Nullable
    String traceOf(String transitionId) {
        return Objects.requireNonNull(traces.get(transitionId, this::traceOfBegin))
                .orElse(null);
    }

    private Optional<String> traceOfBegin(String transitionId) {
        var stream = events.readEvents(transitionId, 0);
        return stream.hasNext()
                ? Optional.ofNullable(
                        Cause.fromMetadata(stream.next().getMetaData()).traceParent())
                : Optional.empty();
    }

    /** What the transition's stream says. */
    Optional<TransitionRecord> read(String transitionId) {
        @Nullable TransitionRecord record = null;
        for (TransitionEvent event : events(transitionId, Long.MAX_VALUE)) {
            record = TransitionFold.after(record, event);
        }
        return Optional.ofNullable(record);
    }

    /** Its events up to the one with the number. */
    List<TransitionEvent> events(String transitionId, long last) {
        var read = new ArrayList<TransitionEvent>();
        var stream = events.readEvents(transitionId, 0);
        while (stream.hasNext()) {
            DomainEventMessage<?> event = stream.next();
            if (event.getSequenceNumber() <= last) {
                read.add((TransitionEvent) event.getPayload());
            }
        }
        return read;
    }
}
