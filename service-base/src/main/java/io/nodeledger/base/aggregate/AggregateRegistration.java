package io.nodeledger.base.aggregate;

import java.util.Optional;
import org.axonframework.serialization.Revision;

/**
 * An event-sourced aggregate type that this process may load. Usually declared through {@link Aggregates}.
 *
 * @param type the aggregate's root class; its snapshots count only while its {@code @Revision} stays the same
 */
public record AggregateRegistration<T>(Class<T> type) {

    /** Registers a type; registering it again elsewhere changes nothing. */
    public static <T> AggregateRegistration<T> of(Class<T> type) {
        return new AggregateRegistration<>(type);
    }

    /** The revision of the aggregate's state as its class declares it. */
    public Optional<String> revision() {
        return Optional.ofNullable(type.getAnnotation(Revision.class)).map(Revision::value);
    }
}
