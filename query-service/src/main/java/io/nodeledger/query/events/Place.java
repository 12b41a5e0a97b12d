package io.nodeledger.query.events;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the events of a node, between two that are shown. Events of the cluster go on after a time and an id, those
 * of the platform before a position: positions rise with time in the history of one node, so both mean the same place.
 *
 * @param since the moment that {@code since} stood for at the first part: a later one would lose what grew old meanwhile
 * @param at time of the last event shown
 * @param id greater than the ids of the cluster's events of that time which are still to come
 * @param position greater than those of the platform's events which are still to come
 */
record Place(@Nullable Instant since, Instant at, String id, long position) {
    /** Greater than all ids. */
    static final String BEFORE_ALL_IDS = "~";

    private static final Pattern SHAPE =
            Pattern.compile("(-|[0-9]{1,15}) ([0-9]{1,15}) ([0-9A-Za-z-]{1,64}|~) ([0-9]{1,18})");

    /** Whether a text is a place's. */
    static boolean isPlace(String text) {
        return SHAPE.matcher(text).matches();
    }

    /** The place of a text that {@linkplain #isPlace is one}. */
    static Place of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a place: " + text);
        }
        return new Place(
                parts.group(1).equals("-") ? null : millis(parts.group(1)),
                millis(parts.group(2)),
                parts.group(3),
                Long.parseLong(parts.group(4)));
    }

    /** The place as text. */
    String text() {
        return "%s %d %s %d".formatted(since == null ? "-" : since.toEpochMilli(), at.toEpochMilli(), id, position);
    }

    private static Instant millis(String digits) {
        return Instant.ofEpochMilli(Long.parseLong(digits));
    }
}
