package io.nodeledger.query.projection;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Reads and writes a batch's rows, each with one statement however many rows there are: one key array in, one array
 * per column out. Values travel as text and are cast by the server.
 */
public final class TableWriter {
    private final JdbcOperations jdbc;

    public TableWriter(JdbcOperations jdbc) {
        this.jdbc = jdbc;
    }

    /** The rows that exist among the keys. */
    public <R> Map<String, R> load(Table<R> table, int generation, Collection<String> keys) {
        var rows = new HashMap<String, R>();
        if (keys.isEmpty()) {
            return rows;
        }
        var sql = "SELECT %1$s, doc FROM %2$s WHERE %1$s = ANY (?)"
                .formatted(table.key(), Table.physical(table.name(), generation));
        jdbc.query(
                sql,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", keys.toArray())),
                result -> {
                    rows.put(result.getString(1), RowJson.MAPPER.readValue(result.getString(2), table.rowType()));
                });
        return rows;
    }

    /** Inserts the rows or replaces those with the same key. */
    public <R> void upsert(Table<R> table, int generation, List<R> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var columns = table.columns();
        var names = columns.stream().map(Table.Column::name).toList();
        var sql = """
                INSERT INTO %s (%s, doc) SELECT %s, doc::jsonb FROM unnest(%s) AS batch (%s, doc)
                ON CONFLICT (%s) DO UPDATE SET %s, doc = excluded.doc""".formatted(
                        Table.physical(table.name(), generation),
                        String.join(", ", names),
                        columns.stream()
                                .map(column -> column.name() + "::" + column.type())
                                .collect(joining(", ")),
                        IntStream.rangeClosed(0, columns.size())
                                .mapToObj(_ -> "?::text[]")
                                .collect(joining(", ")),
                        String.join(", ", names),
                        table.key(),
                        names.stream().map(name -> name + " = excluded." + name).collect(joining(", ")));
        jdbc.update(sql, statement -> {
            var connection = statement.getConnection();
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(
                        i + 1,
                        connection.createArrayOf(
                                "text", texts(rows, columns.get(i).value())));
            }
            statement.setArray(
                    columns.size() + 1,
                    connection.createArrayOf("text", texts(rows, RowJson.MAPPER::writeValueAsString)));
        });
    }

    /** For tables with a shape of their own; {@code %s} in the statement stands for the table. */
    public void update(String tableName, int generation, String sql, Object[]... textArrays) {
        jdbc.update(sql.formatted(Table.physical(tableName, generation)), statement -> {
            for (int i = 0; i < textArrays.length; i++) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", textArrays[i]));
            }
        });
    }

    private static <R> @Nullable Object[] texts(List<R> rows, Function<R, @Nullable Object> value) {
        return rows.stream()
                .map(value)
                .map(cell -> cell == null ? null : Objects.toString(cell))
                .toArray();
    }
}
