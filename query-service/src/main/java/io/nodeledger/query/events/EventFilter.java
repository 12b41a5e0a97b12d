package io.nodeledger.query.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a node are asked for; null stands for all.
 *
 * @param since when they happened last, or later
 */
record EventFilter(
        @Nullable EventType type,
        @Nullable String source,
        @Nullable Instant since) {
    /** A cursor goes on with the filters with which it came. */
    static String list(@Nullable EventType type, @Nullable String source) {
        return "events" + (type == null ? "" : "+" + type.word()) + (source == null ? "" : "=" + source);
    }

    boolean wants(EventType other) {
        return type == null || type == other;
    }

    boolean wantsSource(String other) {
        return source == null || source.equals(other);
    }
}
