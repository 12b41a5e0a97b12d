package io.nodeledger.webhook.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeFold;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What events change in what they are about. Those of late are known by heart, each with the number of its last event; where that
 * isn't the one before, as after a start or when a batch is repeated, the stream is read from its beginning.
 *
 * @param <E> events of one kind of stream
 * @param <R> what they are folded into
 */
final class StreamRecords<E, R> {
    /** A record before and after an event. */
    record Change<E, R>(
            DomainEventMessage<?> message,
            E event,
            @Nullable R before,
            R after) {}

    /** The record after an event. */
    @FunctionalInterface
    private interface Fold<E, R> {
        R after(@Nullable R before, E event, long sequence);
    }

    private record Known<R>(R record, long sequence) {}

    private final Class<E> type;
    private final Fold<E, R> fold;
    private final EventStore events;
    private final Cache<String, Known<R>> known;

    private StreamRecords(Class<E> type, Fold<E, R> fold, EventStore events, long most) {
        this.type = type;
        this.fold = fold;
        this.events = events;
        this.known = Caffeine.newBuilder().maximumSize(most).build();
    }

    /** @param most nodes to know by heart */
    static StreamRecords<NodeEvent, NodeRecord> ofNodes(EventStore events, long most) {
        return new StreamRecords<>(NodeEvent.class, NodeFold::after, events, most);
    }

    /** @param most transitions to know by heart */
    static StreamRecords<TransitionEvent, TransitionRecord> ofTransitions(EventStore events, long most) {
        return new StreamRecords<>(
                TransitionEvent.class, (before, event, _) -> TransitionFold.after(before, event), events, most);
    }

    /** What an event changes; each stream's are handed over in their order. */
    Change<E, R> change(DomainEventMessage<?> message) {
        E event = type.cast(message.getPayload());
        String stream = message.getAggregateIdentifier();
        long sequence = message.getSequenceNumber();
        var before = before(stream, sequence);
        var after = fold.after(before, event, sequence);
        known.put(stream, new Known<>(after, sequence));
        return new Change<>(message, event, before, after);
    }

    private @Nullable R before(String stream, long sequence) {
        var found = known.getIfPresent(stream);
        return found != null && found.sequence() == sequence - 1 ? found.record() : read(stream, sequence);
    }

    private @Nullable R read(String id, long end) {
        R record = null;
        var stream = end == 0 ? null : events.readEvents(id, 0);
        while (stream != null && stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getSequenceNumber() >= end) {
                break;
            }
            record = fold.after(record, type.cast(message.getPayload()), message.getSequenceNumber());
        }
        return record;
    }
}
