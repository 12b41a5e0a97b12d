package io.nodeledger.base.eventstore;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;

/**
 * Comes after all upcasters and stops at what they leave that this version does not know. Axon would pass over an unknown type
 * without a word: an aggregate would decide as if it had not happened, and a projection would never get it.
 */
final class NewerEvents implements EventUpcaster {

    private static final int UNKNOWN = -1;
    private static final int ANY = Integer.MAX_VALUE;

    private final Map<String, Integer> newest = new ConcurrentHashMap<>();

    @Override
    public Stream<IntermediateEventRepresentation> upcast(Stream<IntermediateEventRepresentation> events) {
        return events.map(event -> {
            require(event.getType());
            return event;
        });
    }

    private void require(SerializedType type) {
        int known = newest.computeIfAbsent(type.getName(), NewerEvents::newestRevision);
        String revision = type.getRevision();
        if (known == UNKNOWN || (known != ANY && revision != null && Integer.parseInt(revision) > known)) {
            throw new NewerEvent(type.getName(), String.valueOf(revision));
        }
    }

    private static int newestRevision(String type) {
        try {
            var revision = Class.forName(type).getAnnotation(Revision.class);
            return revision == null ? ANY : Integer.parseInt(revision.value());
        } catch (ClassNotFoundException newer) {
            return UNKNOWN;
        }
    }
}
