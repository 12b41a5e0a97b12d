package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A part of a list that one range of an index serves: the live nodes, those of one status, or the deleted ones. Each
 * status is a part of its own, so that nodes which are far from the list's beginning are not walked to.
 */
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
            terms.add("name LIKE ?");
            parameters.add(partOfName(filter.search()));
        }
    }

    /** The parts that a list has; one in which nothing can be what is asked for is none. */
    static List<ListedPart> of(NodeFilter filter) {
        var asked = filter.statuses();
        var parts = new ArrayList<ListedPart>();
        if (asked.isEmpty()) {
            parts.add(new ListedPart(filter).live());
        }
        asked.stream()
                .distinct()
                .filter(status -> !status.equals(DELETED))
                .forEach(status -> parts.add(new ListedPart(filter).live(status)));
        if (filter.includeDeleted() && (asked.isEmpty() || asked.contains(DELETED))) {
            parts.add(new ListedPart(filter).deleted());
        }
        return List.copyOf(parts);
    }

    private ListedPart live() {
        terms.add("status <> 'deleted'");
        return this;
    }

    private ListedPart live(String status) {
        equal("status", status);
        return live();
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

    /** Names have no upper case (API decisions, "Identifiers, names, units"). */
    private static String partOfName(String search) {
        return "%"
                + search.toLowerCase(Locale.ROOT)
                        .replace("\\", "\\\\")
                        .replace("%", "\\%")
                        .replace("_", "\\_")
                + "%";
    }
}
