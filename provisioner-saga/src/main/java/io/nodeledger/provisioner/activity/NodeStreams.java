package io.nodeledger.provisioner.activity;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads what is known of a node straight from its stream, never from anything that may lag behind. */
final class NodeStreams {
    private final EventStore events;

    NodeStreams(EventStore events) {
        this.events = events;
    }

    /**
     * Folds the node's stream from its first event: a snapshot holds the aggregate, not what happened.
     *
     * @throws IllegalStateException when there is no such node
     */
    NodeFacts read(String nodeId) {
        @Nullable NodeFold fold = null;
        var stream = events.readEvents(nodeId, 0);
        while (stream.hasNext()) {
            var event = (NodeEvent) stream.next().getPayload();
            if (fold == null && event instanceof NodeProvisioningStarted started) {
                fold = new NodeFold(started);
            } else if (fold != null) {
                fold.apply(event);
            }
        }
        if (fold == null) {
            throw new IllegalStateException("There is no stream of " + nodeId);
        }
        return fold.facts();
    }
}
