package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.jspecify.annotations.Nullable;

/** Reads a node straight from its stream, as everybody must before acting on what a table suggests. */
final class NodeReader {
    private final EventStore events;

    NodeReader(EventStore events) {
        this.events = events;
    }

    /**
     * A node as its stream has it at this moment.
     *
     * @param sequence its last event: what is seen outside after this was read is judged by the stream up to there
     */
    record FreshNode(KnownNode node, long sequence) {}

    /** The node, also one that has ended; empty when there is no such stream in this database. */
    Optional<FreshNode> read(String nodeId) {
        @Nullable KnownNode node = null;
        long sequence = -1;
        var stream = events.readEvents(nodeId, 0);
        while (stream.hasNext()) {
            var message = stream.next();
            sequence = message.getSequenceNumber();
            if (message.getPayload() instanceof NodeEvent event) {
                if (node == null && event instanceof NodeProvisioningStarted started) {
                    node = KnownNode.begin(started);
                } else if (node != null) {
                    node = node.after(event);
                }
            }
        }
        return node == null ? Optional.empty() : Optional.of(new FreshNode(node, sequence));
    }
}
