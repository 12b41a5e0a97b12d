package io.nodeledger.webhook.relay;

import io.nodeledger.events.node.NodeEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ids of what has to be on the topic, by position, read from the store without any of the relay's ways. */
final class LifecycleLog {
    /** The class names of workspaces' events that leave; of nodes' all do that are not steps. */
    private static final Set<String> OF_WORKSPACES =
            Set.of("CreditsGranted", "WorkspaceCharged", "OwedSettled", "CreditsExhausted", "CreditsRestored");

    private final JdbcClient jdbc;

    LifecycleLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A part of the log.
     *
     * @param end position of its last event, of any kind
     * @param since when its first event was made
     * @param leaving positions of the events that leave, by id
     */
    record Part(long end, Instant since, Map<String, Long> leaving) {}

    private record Row(long position, String id, String type, Instant at) {}

    /** What follows a position, so many events at most; nothing if nothing does. */
    Optional<Part> after(long position, int limit) {
        List<Row> rows = jdbc.sql("""
                        select global_index, event_identifier, payload_type, time_stamp from eventstore.domain_event
                         where global_index > ? order by global_index limit ?""")
                .params(position, limit)
                .query((row, _) ->
                        new Row(row.getLong(1), row.getString(2), row.getString(3), Instant.parse(row.getString(4))))
                .list();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var leaving = new LinkedHashMap<String, Long>();
        rows.stream().filter(row -> leaves(row.type())).forEach(row -> leaving.put(row.id(), row.position()));
        Instant since = rows.stream().map(Row::at).min(Instant::compareTo).orElseThrow();
        return Optional.of(new Part(rows.getLast().position(), since, leaving));
    }

    private static boolean leaves(String type) {
        try {
            var event = Class.forName(type);
            return NodeEvent.class.isAssignableFrom(event)
                    ? !NodeEvent.Progress.class.isAssignableFrom(event)
                    : OF_WORKSPACES.contains(event.getSimpleName());
        } catch (ClassNotFoundException later) {
            throw new IllegalStateException("The store has an event that this version does not know: " + type, later);
        }
    }
}
