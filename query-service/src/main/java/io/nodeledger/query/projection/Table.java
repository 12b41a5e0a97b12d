package io.nodeledger.query.projection;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A read table: the columns that queries filter and sort by, and the whole row as JSON in {@code doc}.
 *
 * @param name the table's name without its generation
 * @param rowType class of the rows
 * @param columns the first one is the key
 */
public record Table<R>(String name, Class<R> rowType, List<Column<R>> columns) {
    /**
     * One column.
     *
     * @param type its SQL type, to which the value's text is cast
     * @param value its value in a row
     */
    public record Column<R>(String name, String type, Function<R, @Nullable Object> value) {}

    /** A column of a table under construction. */
    public static <R> Column<R> column(String name, String type, Function<R, @Nullable Object> value) {
        return new Column<>(name, type, value);
    }

    String key() {
        return columns.getFirst().name();
    }

    /** The physical table of a generation, with its schema. */
    static String physical(String name, int generation) {
        return "query." + name + "_g" + generation;
    }
}
