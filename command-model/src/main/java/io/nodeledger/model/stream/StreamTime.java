package io.nodeledger.model.stream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The time in a stream: it never runs backwards, however the clocks of those differ who decide.
 *
 * @param last when its last event was
 */
public record StreamTime(Instant last) {
    /** Of a stream without events. */
    public static final StreamTime NONE = new StreamTime(Instant.MIN);

    /** The time of an event that is decided on then, in milliseconds. */
    public Instant next(Instant at) {
        Instant wished = at.truncatedTo(ChronoUnit.MILLIS);
        return wished.isBefore(last) ? last : wished;
    }
}
