package io.nodeledger.query.projection;

import io.nodeledger.events.cause.Cause;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Reads events out of the framework's messages. */
public final class StoredEvents {
    private StoredEvents() {}

    /** The event in a message that was read from the log. */
    public static StoredEvent of(EventMessage<?> message) {
        var position = message instanceof TrackedEventMessage<?> tracked
                ? tracked.trackingToken().position().orElse(-1)
                : -1;
        var domain = message instanceof DomainEventMessage<?> known ? known : null;
        return new StoredEvent(
                position,
                message.getIdentifier(),
                domain == null ? message.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                message.getTimestamp(),
                message.getPayload(),
                Cause.fromMetadata(message.getMetaData()));
    }
}
