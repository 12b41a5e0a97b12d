package io.nodeledger.webhook.relay;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeFold;
import io.nodeledger.events.node.record.NodeRecord;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/**
 * What events change in their nodes. Nodes of late are known by heart, each with the number of its last event; where that
 * isn't the one before, as after a start or when a batch is repeated, the stream is read from its beginning.
 */
final class NodeRecords {
    /** A node before and after an event. */
    record Change(
            DomainEventMessage<?> message,
            NodeEvent event,
            @Nullable NodeRecord before,
            NodeRecord after) {}

    private record Known(NodeRecord node, long sequence) {}

    private final EventStore events;
    private final Cache<String, Known> known;

    /** @param most nodes to know by heart */
    NodeRecords(EventStore events, long most) {
        this.events = events;
        this.known = Caffeine.newBuilder().maximumSize(most).build();
    }

    /** What the events among these that are about nodes change, in their order. */
    List<Change> changes(List<TrackedEventMessage<?>> messages) {
        return messages.stream()
                .filter(message -> message.getPayload() instanceof NodeEvent)
                .map(message -> change((DomainEventMessage<?>) message))
                .toList();
    }

    private Change change(DomainEventMessage<?> message) {
        var event = (NodeEvent) message.getPayload();
        long sequence = message.getSequenceNumber();
        var before = before(event.nodeId(), sequence);
        var after = NodeFold.after(before, event, sequence);
        known.put(event.nodeId(), new Known(after, sequence));
        return new Change(message, event, before, after);
    }

    private @Nullable NodeRecord before(String nodeId, long sequence) {
        var found = known.getIfPresent(nodeId);
        return found != null && found.sequence() == sequence - 1 ? found.node() : read(nodeId, sequence);
    }

    private @Nullable NodeRecord read(String nodeId, long end) {
        NodeRecord node = null;
        var stream = end == 0 ? null : events.readEvents(nodeId, 0);
        while (stream != null && stream.hasNext()) {
            DomainEventMessage<?> message = stream.next();
            if (message.getSequenceNumber() >= end) {
                break;
            }
            node = NodeFold.after(node, (NodeEvent) message.getPayload(), message.getSequenceNumber());
        }
        return node;
    }
}
