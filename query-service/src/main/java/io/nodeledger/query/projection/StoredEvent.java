package io.nodeledger.query.projection;

import io.nodeledger.events.cause.Cause;
import java.time.Instant;

/**
 * An event as the log keeps it.
 *
 * @param position global index; -1 where it was not looked up
 * @param id the event's own identifier, {@code evt-…}
 * @param stream the stream that it belongs to
 * @param sequence its place in that stream, from 0
 * @param recordedAt when it was appended
 * @param payload what happened
 * @param cause who and what caused it
 */
public record StoredEvent(
        long position, String id, String stream, long sequence, Instant recordedAt, Object payload, Cause cause) {

    StoredEvent at(long place) {
        return new StoredEvent(place, id, stream, sequence, recordedAt, payload, cause);
    }
}
