package io.nodeledger.webhook.relay;

import io.nodeledger.base.eventstore.NewerEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.transition.TransitionEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The ids of what has to be on the topic, by position, read from the store without any of the relay's ways. */
final class LifecycleLog {
    /** The class names of events that leave of workspaces and their webhooks; of nodes and transitions all do that are not internal. */
    private static final Set<String> OF_WORKSPACES = Set.of(
            "CreditsGranted",
            "WorkspaceCharged",
            "OwedSettled",
            "CreditsExhausted",
            "CreditsRestored",
            "WebhookEndpointDisabled");

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

    private record Row(
            long position, String id, String type, @Nullable String revision, Instant at) {}

    /** Where a part ends that follows a position and has so many events at most; empty if nothing follows. */
    OptionalLong endAfter(long position, int limit) {
        return jdbc.sql("""
                        select max(global_index) from
                          (select global_index from eventstore.domain_event
                            where global_index > ? order by global_index limit ?) as part""")
                .params(position, limit)
                .query((row, _) -> {
                    long end = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(end);
                })
                .single();
    }

    /**
     * What there is now after a position up to an end, which has an event.
     *
     * @throws NewerEvent when this version can't say of an event whether it leaves
     */
    Part between(long position, long end) {
        List<Row> rows = jdbc.sql("""
                        select global_index, event_identifier, payload_type, payload_revision, time_stamp
                          from eventstore.domain_event
                         where global_index > ? and global_index <= ? order by global_index""")
                .params(position, end)
                .query((row, _) -> new Row(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Instant.parse(row.getString(5))))
                .list();
        var leaving = new LinkedHashMap<String, Long>();
        rows.stream().filter(LifecycleLog::leaves).forEach(row -> leaving.put(row.id(), row.position()));
        Instant since = rows.stream().map(Row::at).min(Instant::compareTo).orElseThrow();
        return new Part(end, since, leaving);
    }

    private static boolean leaves(Row row) {
        try {
            var event = Class.forName(row.type());
            if (NodeEvent.class.isAssignableFrom(event)) {
                return !NodeEvent.Progress.class.isAssignableFrom(event);
            }
            return TransitionEvent.class.isAssignableFrom(event)
                    ? !TransitionEvent.Internal.class.isAssignableFrom(event)
                    : OF_WORKSPACES.contains(event.getSimpleName());
        } catch (ClassNotFoundException later) {
            var newer = new NewerEvent(row.type(), String.valueOf(row.revision()));
            newer.initCause(later);
            throw newer;
        }
    }
}
