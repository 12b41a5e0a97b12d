package io.nodeledger.base.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An opaque place in a list: which list in which order, and the key of the last item shown. A cursor of another list is
 * refused rather than misread.
 */
public final class Cursor {
    private static final String SEPARATOR = "~";

    private Cursor() {}

    /** The cursor after an item. */
    public static String after(String list, String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + SEPARATOR + key).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key in the {@code cursor} parameter, null when there is none.
     *
     * @param shape whether a key is one that the list can be continued from; anything else is the caller's mistake
     */
    public static @Nullable String key(QueryFields query, String list, Predicate<String> shape) {
        var cursor = query.text(
                        "cursor",
                        text -> read(list, shape, text).isPresent()
                                ? Optional.empty()
                                : Rule.broken("malformed", "must be a cursor from this list's Link header"))
                .orNull();
        return cursor == null ? null : read(list, shape, cursor).orElseThrow();
    }

    /** The {@code limit} parameter. */
    public static Field<Integer> limit(QueryFields query) {
        return query.integer("limit", 1, CursorPage.LARGEST_LIMIT);
    }

    /** The page in rows of which one more than wished was asked for, to learn whether there is more. */
    public static <T> CursorPage<T> page(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new CursorPage<>(rows, null);
        }
        var shown = List.copyOf(rows.subList(0, limit));
        return new CursorPage<>(shown, cursor.apply(shown.getLast()));
    }

    private static Optional<String> read(String list, Predicate<String> shape, String cursor) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Optional.of(text)
                    .filter(known -> known.startsWith(list + SEPARATOR))
                    .map(known -> known.substring(list.length() + SEPARATOR.length()))
                    .filter(shape);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
