package io.nodeledger.query.explain;

import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.operation.OperationRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts a chain together from what an operation's events tell, in their order. */
final class ChainFold {
    private ChainFold() {}

    /**
     * The chain of an operation.
     *
     * @param told its events; the first one is its beginning
     * @param deliveries of events, by event
     */
    static Chain chain(OperationRow operation, List<ToldEvent> told, Map<String, List<Chain.Delivery>> deliveries) {
        var activities = new LinkedHashMap<String, List<ToldAttempt>>();
        var events = new ArrayList<AuditEntry>();
        for (ToldEvent event : told) {
            if (event.internal()) {
                tell(activities, event.entry());
            } else {
                events.add(event.entry());
            }
        }
        return new Chain(
                Chain.Operation.of(operation),
                Chain.Request.of(told.getFirst().entry()),
                shown(activities),
                List.copyOf(events),
                events.stream()
                        .flatMap(event -> deliveries.getOrDefault(event.id(), List.of()).stream())
                        .toList());
    }

    private static void tell(Map<String, List<ToldAttempt>> activities, AuditEntry entry) {
        String step = entry.data().path("step").asString("").toLowerCase(Locale.ROOT);
        int attempt = entry.data().path("attempt").asInt(0);
        var attempts = activities.computeIfAbsent(step, _ -> new ArrayList<>());
        if (attempts.isEmpty() || !attempts.getLast().takes(attempt)) {
            attempts.add(new ToldAttempt(attempt));
        }
        attempts.getLast().tell(entry);
    }

    private static List<Chain.Activity> shown(Map<String, List<ToldAttempt>> activities) {
        return activities.entrySet().stream()
                .map(activity -> new Chain.Activity(
                        activity.getKey(),
                        activity.getValue().stream().map(ToldAttempt::shown).toList()))
                .toList();
    }
}
