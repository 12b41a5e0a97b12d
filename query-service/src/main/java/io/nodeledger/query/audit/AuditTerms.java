package io.nodeledger.query.audit;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The conditions under which rows of one of the trail's tables are part of an answer, with their parameters. */
final class AuditTerms {
    private final List<String> terms = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** What a filter says of any row. */
    AuditTerms(AuditFilter filter) {
        add("workspace_id = ?", filter.workspaceId());
        if (filter.node() != null) {
            add("node_id = ?", filter.node());
        }
        if (filter.actor() != null) {
            add("actor = ?", filter.actor());
        }
        if (filter.from() != null) {
            add("occurred_at >= ?", filter.from().atOffset(ZoneOffset.UTC));
        }
        if (filter.to() != null) {
            add("occurred_at < ?", filter.to().atOffset(ZoneOffset.UTC));
        }
    }

    AuditTerms add(String term, Object... values) {
        terms.add(term);
        parameters.addAll(List.of(values));
        return this;
    }

    String sql() {
        return String.join(" AND ", terms);
    }

    List<Object> parameters() {
        return parameters;
    }
}
