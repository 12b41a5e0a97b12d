package io.nodeledger.model.life;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

/** Events in memory, and snapshots as JSON of the aggregate's fields: what is not written there is lost. */
public final class JsonSnapshots extends InMemoryEventStorageEngine {
    private final Map<String, Written> snapshots = new ConcurrentHashMap<>();
    private final Jackson3Serializer json = Jackson3Serializer.builder()
            .jsonMapperBuilderCustomizer(mapper -> mapper.changeDefaultVisibility(
                    visibility -> visibility.withVisibility(PropertyAccessor.FIELD, Visibility.ANY)))
            .build();

    private record Written(String type, long sequence, SerializedObject<String> aggregate) {}

    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {
        snapshots.put(
                snapshot.getAggregateIdentifier(),
                new Written(
                        snapshot.getType(),
                        snapshot.getSequenceNumber(),
                        json.serialize(snapshot.getPayload(), String.class)));
    }

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.ofNullable(snapshots.get(aggregateIdentifier))
                .map(written -> new GenericDomainEventMessage<Object>(
                        written.type(),
                        aggregateIdentifier,
                        written.sequence(),
                        json.deserialize(written.aggregate())));
    }

    /** From now on aggregates are read from their events alone. */
    public void forget() {
        snapshots.clear();
    }

    /** How many aggregates are read from a snapshot. */
    public int kept() {
        return snapshots.size();
    }
}
