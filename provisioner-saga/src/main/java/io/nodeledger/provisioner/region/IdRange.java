package io.nodeledger.provisioner.region;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A private range of machine ids, both ends included. */
public record IdRange(int first, int last) {
    private static final Pattern SHAPE = Pattern.compile("\\s*(\\d{3,9})\\s*-\\s*(\\d{3,9})\\s*");

    public IdRange {
        if (first < 100 || last < first) {
            throw new IllegalArgumentException(
                    "A vmid-range is 'first-last' with 100 <= first <= last, not " + first + "-" + last);
        }
    }

    /** Reads e.g. {@code 100000-199999}. */
    public static IdRange parse(String text) {
        var matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A vmid-range looks like 100000-199999, not '" + text + "'");
        }
        return new IdRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether two ranges have an id in common; no when either can't be read, which is told of already. */
    static boolean overlap(@Nullable String one, @Nullable String other) {
        if (one == null || other == null) {
            return false;
        }
        try {
            IdRange first = parse(one);
            IdRange second = parse(other);
            return first.first <= second.last && second.first <= first.last;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }
}
