package io.nodeledger.base.eventstore;

import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;

/** What rows of the log mean to this version, for whoever reads them with statements of its own. */
public final class StoredEvents {

    private final Serializer serializer;
    private final EventUpcasterChain upcasters;

    StoredEvents(Serializer serializer, Stream<EventUpcaster> upcasters) {
        this.serializer = serializer;
        this.upcasters = new EventUpcasterChain(
                Stream.concat(upcasters, Stream.of(new NewerEvents())).toList());
    }

    /**
     * The events of a row: one, unless upcasters make something else of it.
     *
     * @throws NewerEvent when only a newer version knows it
     */
    public List<? extends DomainEventMessage<?>> of(DomainEventData<byte[]> row) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(Stream.of(row), serializer, upcasters)
                .asStream()
                .toList();
    }

    EventUpcasterChain upcasters() {
        return upcasters;
    }
}
