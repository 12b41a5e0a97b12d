package io.nodeledger.query.projection;

import io.nodeledger.base.wakeup.PlacedEvent;
import io.nodeledger.events.cause.Cause;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** Reads events out of the framework's messages. */
public final class StoredEvents {
    static final long UNPLACED = -1;

    private StoredEvents() {}

    /** The event in a message that was read from the log; its place there is known if a stream of the whole log gave it. */
    public static StoredEvent of(EventMessage<?> message) {
        var domain = message instanceof DomainEventMessage<?> known ? known : null;
        return new StoredEvent(
                PlacedEvent.placeOf(message).orElse(UNPLACED),
                message.getIdentifier(),
                domain == null ? message.getIdentifier() : domain.getAggregateIdentifier(),
                domain == null ? 0 : domain.getSequenceNumber(),
                message.getTimestamp(),
                message.getPayload(),
                Cause.fromMetadata(message.getMetaData()));
    }
}
