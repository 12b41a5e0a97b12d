package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A part of a list that indexes of its own serve: the live nodes, or the deleted ones. */
final class ListedPart {
    private static final String DELETED = NodeStatus.DELETED.word();

    private final ArrayList<String> terms = new ArrayList<>();
    private final ArrayList<Object> parameters = new ArrayList<>();

    private ListedPart(NodeFilter filter) {
        equal("workspace_id", filter.workspaceId());
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

    /** The parts that a list has; one in which nothing can be what is asked for is none. */
    static List<ListedPart> of(NodeFilter filter) {
        var asked = filter.statuses();
        var parts = new ArrayList<ListedPart>();
        if (!filter.includeDeleted() || !asked.equals(List.of(DELETED))) {
            parts.add(new ListedPart(filter).live(asked));
        }
        if (filter.includeDeleted() && (asked.isEmpty() || asked.contains(DELETED))) {
            parts.add(new ListedPart(filter).deleted());
        }
        return List.copyOf(parts);
    }

    private ListedPart live(List<String> statuses) {
        terms.add("status <> 'deleted'");
        if (!statuses.isEmpty()) {
            terms.add("status = ANY (?)");
            parameters.add(statuses.toArray(String[]::new));
        }
        return this;
    }

    private ListedPart deleted() {
        terms.add("status = 'deleted'");
        return this;
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
