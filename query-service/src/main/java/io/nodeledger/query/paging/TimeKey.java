package io.nodeledger.query.paging;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * The key of an item in a list that is ordered by time.
 *
 * @param id tells apart what happened at the same time
 */
public record TimeKey(Instant at, String id) {
    private static final Pattern SHAPE = Pattern.compile("\\d{4}-[0-9T:.-]{5,30}Z [a-z]+-[0-9a-z]+");

    /** Whether a text is a key's. */
    public static boolean isKey(String text) {
        if (!SHAPE.matcher(text).matches()) {
            return false;
        }
        try {
            Instant.parse(text.substring(0, text.indexOf(' ')));
            return true;
        } catch (DateTimeParseException noTime) {
            return false;
        }
    }

    /** The key of a text that {@linkplain #isKey is one}. */
    public static TimeKey of(String text) {
        int space = text.indexOf(' ');
        return new TimeKey(Instant.parse(text.substring(0, space)), text.substring(space + 1));
    }

    /** The key as text. */
    public String text() {
        return at + " " + id;
    }
}
