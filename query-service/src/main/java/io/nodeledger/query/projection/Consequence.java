package io.nodeledger.query.projection;

import java.util.List;

/**
 * A table that follows from the changes of another one, such as a counter or a journal, and commits with it.
 *
 * @param <R> row of the table that is followed
 */
public interface Consequence<R> {
    /** The table's name without its generation. */
    String tableName();

    /** Writes what follows from a batch's changes, which are in the order of their events. */
    void write(TableWriter writer, int generation, List<Change<R>> changes);
}
