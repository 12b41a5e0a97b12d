package io.nodeledger.query.node;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The order of a list: a column, and the id as tie-break in the same direction, so that one index serves both. */
public record NodeSort(String column, boolean descending) {
    static final NodeSort NEWEST_FIRST = new NodeSort("created_at", true);

    /** The words of the {@code sort} parameter. */
    public static final Map<String, NodeSort> WORDS = words();

    /** The order, where the column goes by that name. */
    String sql(String name) {
        var direction = descending ? "DESC" : "ASC";
        return "%s %s, id %s".formatted(name, direction, direction);
    }

    private static Map<String, NodeSort> words() {
        var words = new LinkedHashMap<String, NodeSort>();
        Arrays.asList("name", "status", "region", "created_at", "updated_at").forEach(column -> {
            words.put(column, new NodeSort(column, false));
            words.put("-" + column, new NodeSort(column, true));
        });
        return Map.copyOf(words);
    }
}
