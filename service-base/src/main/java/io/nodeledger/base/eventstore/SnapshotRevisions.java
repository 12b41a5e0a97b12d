package io.nodeledger.base.eventstore;

import io.nodeledger.base.aggregate.AggregateRegistration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;

/** Lets a snapshot count only when it was taken of the very revision of the aggregate's class that runs now. */
final class SnapshotRevisions implements SnapshotFilter {

    private final Map<String, Optional<String>> revisions = new HashMap<>();

    SnapshotRevisions(List<AggregateRegistration<?>> aggregates) {
        aggregates.forEach(aggregate -> revisions.put(aggregate.type().getName(), aggregate.revision()));
    }

    @Override
    public boolean test(DomainEventData<?> snapshot) {
        var type = snapshot.getPayload().getType();
        var current = revisions.get(type.getName());
        return current != null && Objects.equals(current.orElse(null), type.getRevision());
    }
}
