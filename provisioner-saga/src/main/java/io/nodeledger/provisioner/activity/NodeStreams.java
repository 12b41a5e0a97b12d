package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads what is known of a node straight from its stream, never from anything that may lag behind. */
public final class NodeStreams {
    private final EventStore events;

    public NodeStreams(EventStore events) {
        this.events = events;
    }

    /**
     * What the node's stream says, see {@link #reading}.
     *
     * @throws IllegalStateException when there is no such node
     */
    public NodeFacts read(String nodeId) {
        return reading(nodeId).facts();
    }

    /**
     * Folds the node's stream from its first event: a snapshot holds the aggregate, not what happened.
     *
     * @throws IllegalStateException when there is no such node
     */
    public NodeReading reading(String nodeId) {
        @Nullable NodeFold fold = null;
        @Nullable DomainEventMessage<?> last = null;
        var stream = events.readEvents(nodeId, 0);
        while (stream.hasNext()) {
            last = stream.next();
            var event = (NodeEvent) last.getPayload();
            if (fold == null && event instanceof NodeProvisioningStarted started) {
                fold = new NodeFold(started);
            } else if (fold != null) {
                fold.apply(event);
            }
        }
        if (fold == null || last == null) {
            throw new IllegalStateException("There is no stream of " + nodeId);
        }
        return new NodeReading(fold.facts(), last);
    }
}
