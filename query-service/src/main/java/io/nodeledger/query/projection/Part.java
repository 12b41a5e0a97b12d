package io.nodeledger.query.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * One table of a read model with the fold that fills it and the tables that follow from it.
 *
 * @param <R> its row
 */
public record Part<R>(Table<R> table, Projection<R> projection, List<Consequence<R>> consequences) {

    Stream<String> tableNames() {
        return Stream.concat(Stream.of(table.name()), consequences.stream().map(Consequence::tableName));
    }

    /** Folds a batch in memory, between one read of the rows that it touches and one write of those that changed. */
    void project(TableWriter writer, int generation, List<StoredEvent> events) {
        var keys = new LinkedHashSet<String>();
        for (var event : events) {
            var key = projection.keyOf(event);
            if (key != null) {
                keys.add(key);
            }
        }
        if (keys.isEmpty()) {
            return;
        }
        var rows = new HashMap<>(writer.load(table, generation, keys));
        var changed = new LinkedHashMap<String, R>();
        var changes = new ArrayList<Change<R>>(events.size());
        for (var event : events) {
            var key = projection.keyOf(event);
            if (key == null) {
                continue;
            }
            var before = rows.get(key);
            var after = projection.apply(before, event);
            if (after != null) {
                rows.put(key, after);
                changed.put(key, after);
                changes.add(new Change<>(before, event, after));
            }
        }
        writer.upsert(table, generation, List.copyOf(changed.values()));
        consequences.forEach(consequence -> consequence.write(writer, generation, changes));
    }
}
