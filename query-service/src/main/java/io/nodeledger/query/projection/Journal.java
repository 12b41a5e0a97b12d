package io.nodeledger.query.projection;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table that only grows: at most one entry for each change.
 *
 * @param table where entries go
 * @param entry the entry of a change, or null for none
 */
public record Journal<R, E>(Table<E> table, Function<Change<R>, @Nullable E> entry) implements Consequence<R> {
    @Override
    public String tableName() {
        return table.name();
    }

    @Override
    public void write(TableWriter writer, int generation, List<Change<R>> changes) {
        writer.upsert(
                table,
                generation,
                changes.stream().map(entry).filter(Objects::nonNull).toList());
    }
}
