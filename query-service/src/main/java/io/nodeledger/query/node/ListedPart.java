package io.nodeledger.query.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part of a list that indexes of its own serve: the live nodes, or the deleted ones. */
final class ListedPart {
    private static final String LIVE = "status <> 'deleted'";
    private static final String DELETED = "status = 'deleted'";

    private final ArrayList<String> terms = new ArrayList<>();
    private final ArrayList<Object> parameters = new ArrayList<>();

    private ListedPart(String which, NodeFilter filter) {
        equal("workspace_id", filter.workspaceId());
        terms.add(which);
        if (!filter.statuses().isEmpty()) {
            terms.add("status = ANY (?)");
            parameters.add(filter.statuses().toArray(String[]::new));
        }
        if (filter.planId() != null) {
            equal("plan_id", filter.planId());
        }
        if (filter.region() != null) {
            equal("region", filter.region());
        }
        if (filter.search() != null) {
            terms.add("lower(name) LIKE ?");
            parameters.add(partOfName(filter.search()));
        }
    }

    /** The parts that a list has. */
    static List<ListedPart> of(NodeFilter filter) {
        var live = new ListedPart(LIVE, filter);
        return filter.includeDeleted() ? List.of(live, new ListedPart(DELETED, filter)) : List.of(live);
    }

    /** What a row must meet. */
    String sql() {
        return String.join(" AND ", terms);
    }

    /** The values, in their order. */
    List<Object> parameters() {
        return List.copyOf(parameters);
    }

    private void equal(String column, String value) {
        terms.add(column + " = ?");
        parameters.add(value);
    }

    private static String partOfName(String search) {
        return "%"
                + search.toLowerCase(Locale.ROOT)
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_")
                + "%";
    }
}
