package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.StoredEvents;
import java.time.Instant;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** A node as it was known at an earlier moment: its stream up to then, folded by the function that fills the table. */
public final class NodeHistory {
    private final EventStore events;
    private final NodeProjection projection = new NodeProjection();

    public NodeHistory(EventStore events) {
        this.events = events;
    }

    /** The node as known at that moment; empty when nothing was known of it. */
    Optional<NodeRecord> at(String workspaceId, String nodeId, Instant moment) {
        @Nullable NodeRecord row = null;
        var stream = events.readEvents(nodeId, 0);
        while (stream.hasNext()) {
            var event = StoredEvents.of(stream.next());
            if (event.recordedAt().isAfter(moment)) {
                break;
            }
            if (event.payload() instanceof NodeEvent) {
                row = projection.apply(row, event);
            }
        }
        return Optional.ofNullable(row)
                .filter(known -> known.origin().workspaceId().equals(workspaceId));
    }
}
