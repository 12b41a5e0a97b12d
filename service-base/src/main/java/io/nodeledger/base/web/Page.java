package io.nodeledger.base.web;

import java.util.List;

/**
 * The envelope of one page of a numbered list.
 *
 * @param data the page's items
 * @param <T> their type
 */
public record Page<T>(List<T> data, Pagination pagination) {
    /** The page with this number, from 1, of a list of {@code total} items. */
    public static <T> Page<T> of(List<T> items, int page, int perPage, long total) {
        return new Page<>(items, new Pagination(page, perPage, total, (total + perPage - 1) / perPage));
    }

    /**
     * Where the page lies in its list.
     *
     * @param page number of the page, from 1
     * @param total items in the whole list
     * @param pages pages in the whole list
     */
    public record Pagination(int page, int perPage, long total, long pages) {}
}
