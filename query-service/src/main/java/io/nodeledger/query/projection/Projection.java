package io.nodeledger.query.projection;

import org.jspecify.annotations.Nullable;

/**
 * A pure function from (row, event) to row. The same function folds a batch, rebuilds a table and answers how a row
 * was at an earlier moment.
 *
 * @param <R> an immutable row
 */
public interface Projection<R> {
    /** The key of the one row that the event concerns, or null when it concerns none. */
    @Nullable
    String keyOf(StoredEvent event);

    /**
     * The row after the event.
     *
     * @param row the row before it, null when there was none
     * @throws IllegalStateException when the event can't follow the row: the log and the fold disagree
     */
    @Nullable
    R apply(@Nullable R row, StoredEvent event);
}
