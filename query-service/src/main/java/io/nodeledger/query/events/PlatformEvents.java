package io.nodeledger.query.events;

import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.events.Happened.OfPlatform;
import io.nodeledger.query.projection.RowJson;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the facts of a node's life out of its audit trail, newest first; steps of operations are none. */
final class PlatformEvents {
    private final JdbcClient jdbc;

    PlatformEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<OfPlatform> list(String workspaceId, String nodeId, EventFilter filter, @Nullable Place after, int limit) {
        if (!filter.wantsSource(Wording.SOURCE)) {
            return List.of();
        }
        var terms = new ArrayList<>(List.of("workspace_id = ?", "node_id = ?", "NOT internal"));
        var parameters = new ArrayList<Object>(List.of(workspaceId, nodeId));
        if (after != null) {
            terms.add("position < ?");
            parameters.add(after.position());
        }
        if (filter.since() != null) {
            terms.add("(doc #>> '{entry,occurred_at}')::timestamptz >= ?");
            parameters.add(filter.since().atOffset(ZoneOffset.UTC));
        }
        if (filter.type() != null) {
            terms.add("(doc #>> '{entry,type}' = ANY (?)) = ?");
            parameters.add(Wording.WARNINGS.toArray(String[]::new));
            parameters.add(filter.wants(EventType.WARNING));
        }
        parameters.add(limit);
        return jdbc.sql("SELECT doc ->> 'entry' FROM query.audit WHERE %s ORDER BY position DESC LIMIT ?"
                        .formatted(String.join(" AND ", terms)))
                .params(parameters)
                .query((row, _) -> event(RowJson.MAPPER.readValue(row.getString(1), AuditEntry.class)))
                .list();
    }

    private static OfPlatform event(AuditEntry entry) {
        return new OfPlatform(entry.position(), Wording.of(entry));
    }
}
