package io.nodeledger.standalone.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The audit trail as lines of a table. */
final class AuditTable {
    private static final String ROW = "  %-24s  %-30s  %-26s  %s";

    private AuditTable() {}

    static List<String> of(JsonNode entries) {
        var lines = new ArrayList<String>();
        lines.add(String.format(Locale.ROOT, ROW, "when", "what", "status", "who"));
        for (JsonNode entry : entries) {
            lines.add(String.format(
                    Locale.ROOT,
                    ROW,
                    entry.path("occurred_at").asString(),
                    entry.path("type").asString(),
                    change(entry),
                    entry.path("actor").path("id").asString() + " ("
                            + entry.path("actor").path("role").asString("-") + ")"));
        }
        return lines;
    }

    private static String change(JsonNode entry) {
        String before = entry.path("before").path("status").asString("");
        String after = entry.path("after").path("status").asString("");
        return before.equals(after) || before.isEmpty() ? after : before + " -> " + after;
    }
}
