package io.nodeledger.base.eventstore;

import com.github.f4b6a3.ulid.Ulid;
import org.axonframework.common.IdentifierFactory;

/**
 * Identifiers of events and other messages: {@code evt-} and a lower-case ULID, ordered by the millisecond.
 *
 * <p>Found by Axon through {@link java.util.ServiceLoader}. They are unique, not secret, so they draw on a fast random
 * source: the secure one took a quarter of the framework's own time per command.
 */
public final class TimeOrderedIdentifiers extends IdentifierFactory {

    @Override
    public String generateIdentifier() {
        return "evt-" + Ulid.fast().toLowerCase();
    }
}
