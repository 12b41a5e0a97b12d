package io.nodeledger.provisioner.activity;

import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A node's stream, read to its end.
 *
 * @param last its last event
 */
public record NodeReading(NodeFacts facts, DomainEventMessage<?> last) {
    /** The last event's number in the stream. */
    long lastNumber() {
        return last.getSequenceNumber();
    }
}
