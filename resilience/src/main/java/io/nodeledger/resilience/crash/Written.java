package io.nodeledger.resilience.crash;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a transaction has written, as a label that is the same in every run. */
final class Written {
    private static final Pattern WRITE =
            Pattern.compile("\\b(insert\\s+into|update|delete\\s+from)\\s+([a-z_.\"]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern EVENT = Pattern.compile(".*\\$(\\w+)");
    private static final Pattern STEP = Pattern.compile("node-[0-9a-z]+/[^/]+/(\\w+)/\\d+");
    /** What happens by the clock, not by what is done. */
    private static final Set<String> BY_THE_CLOCK = Set.of(
            "region_capacity",
            "token_entry",
            "known_node",
            "reconciliation_task",
            "observed_cluster",
            "kubernetes_node",
            "kubernetes_heartbeat",
            "kubernetes_workload",
            "kubernetes_event",
            "kubernetes_event_object",
            "region_turn",
            "telemetry_sample",
            "telemetry_latest",
            "telemetry_folded",
            "open_incident");

    /** A claim right before a call: where one of two instances may stand still. */
    private static final String TRANSITION_TURN = "transition";

    private final Set<String> tables = new LinkedHashSet<>();
    private final Set<String> subjects = new LinkedHashSet<>();

    /** Notes a statement. */
    void statement(String sql) {
        var write = WRITE.matcher(sql);
        if (isByTheClock(sql)) {
            return;
        }
        while (write.find()) {
            String table = write.group(2).replace("\"", "").toLowerCase(Locale.ROOT);
            if (!table.equals("set")) {
                tables.add(table.substring(table.lastIndexOf('.') + 1));
            }
        }
    }

    /** Heartbeats, and looks for due steps that mostly find none: what follows a find is a point of its own. */
    private static boolean isByTheClock(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return lower.contains("skip locked") || (lower.contains("set last_heartbeat") && !lower.contains("picked ="));
    }

    /** Notes a parameter, when it says what the statement is about. */
    void parameter(Object value) {
        if (value instanceof String text) {
            var event = EVENT.matcher(text);
            var step = STEP.matcher(text);
            if (text.startsWith("io.nodeledger.") && event.matches()) {
                subjects.add(event.group(1));
            } else if (step.matches()) {
                subjects.add(step.group(1));
            } else if (text.equals(TRANSITION_TURN)) {
                subjects.add(text);
            }
        }
    }

    void clear() {
        tables.clear();
        subjects.clear();
    }

    /** The label, empty when nothing was written that counts. */
    Optional<String> label() {
        boolean byTheClock =
                !subjects.contains(TRANSITION_TURN) && tables.stream().allMatch(BY_THE_CLOCK::contains);
        return byTheClock || tables.isEmpty()
                ? Optional.empty()
                : Optional.of("commit " + String.join("+", tables)
                        + (subjects.isEmpty() ? "" : " (" + String.join(", ", subjects) + ")"));
    }
}
