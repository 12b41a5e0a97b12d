package io.nodeledger.base.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a cursor list, and the bounds of {@code limit} in all of them.
 *
 * @param items the page's items
 * @param next cursor of the following page, null at the end
 * @param <T> their type
 */
public record CursorPage<T>(List<T> items, @Nullable String next) {
    /** {@code limit} when the caller names none. */
    public static final int DEFAULT_LIMIT = 50;

    /** Largest {@code limit}. */
    public static final int LARGEST_LIMIT = 200;
}
