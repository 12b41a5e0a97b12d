package io.nodeledger.provisioner.observation.event;

import io.nodeledger.provisioner.observation.event.Folding.Changes;
import io.nodeledger.provisioner.observation.event.Folding.Counted;
import io.nodeledger.provisioner.region.RegionTurns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The events of nodes, in {@code provisioner.kubernetes_event*}. One instance writes for a region at a time. */
final class EventTable {
    private static final String COUNTED = """
            select uid, event_id, count from provisioner.kubernetes_event_object
             where region = ? and uid = any (?)""";

    private static final String NEAR = """
            select distinct e.id, e.node_id, e.type, e.reason, e.message, e.source, e.count, e.first_at, e.last_at
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                as s (node_id, type, reason, message, source, not_before, not_after)
              join provisioner.kubernetes_event e
                on e.region = ? and e.node_id = s.node_id
               and e.last_at >= s.not_before::timestamptz and e.first_at <= s.not_after::timestamptz
               and e.type = s.type and e.reason = s.reason and e.message = s.message and e.source = s.source""";

    /** What was removed for its age since it was read is there again, with what has come since. */
    private static final String WRITE = """
            with events as (
                insert into provisioner.kubernetes_event as e
                    (region, id, node_id, type, reason, message, source, count, first_at, last_at)
                select ?, id, node_id, type, reason, message, source, count::bigint, first_at::timestamptz,
                       last_at::timestamptz
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                              ?::text[])
                    as s (id, node_id, type, reason, message, source, count, first_at, last_at)
                on conflict (region, id) do update
                   set count = e.count + excluded.count,
                       message = case when excluded.last_at < e.last_at then e.message else excluded.message end,
                       first_at = least(e.first_at, excluded.first_at),
                       last_at = greatest(e.last_at, excluded.last_at))
            insert into provisioner.kubernetes_event_object (region, uid, event_id, count)
            select ?, uid, event_id, count::bigint
              from unnest(?::text[], ?::text[], ?::text[]) as s (uid, event_id, count)
            on conflict (region, uid) do update
               set event_id = excluded.event_id, count = excluded.count""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final RegionTurns turns;

    EventTable(JdbcClient jdbc, TransactionTemplate transaction, RegionTurns turns) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.turns = turns;
    }

    /** Counts what was not counted yet; nothing when the region has become another instance's. */
    void write(String region, Collection<SeenEvent> seen) {
        if (seen.isEmpty()) {
            return;
        }
        transaction.executeWithoutResult(_ -> {
            if (turns.holds(region)) {
                var changes = changes(region, Folding.latest(seen));
                if (!changes.isEmpty()) {
                    write(region, changes);
                }
            }
        });
    }

    private Changes changes(String region, List<SeenEvent> seen) {
        List<Counted> counted = jdbc.sql(COUNTED)
                .params(region, texts(seen, SeenEvent::uid))
                .query((row, _) -> new Counted(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
        Set<String> known = counted.stream().map(Counted::uid).collect(Collectors.toSet());
        List<SeenEvent> unknown =
                seen.stream().filter(event -> !known.contains(event.uid())).toList();
        return new Folding(counted, unknown.isEmpty() ? List.of() : near(region, unknown)).of(seen);
    }

    private List<Fold> near(String region, List<SeenEvent> events) {
        return jdbc.sql(NEAR)
                .param(texts(events, event -> event.what().nodeId()))
                .param(texts(events, event -> event.what().type()))
                .param(texts(events, event -> event.what().reason()))
                .param(texts(events, event -> event.what().message()))
                .param(texts(events, event -> event.what().source()))
                .param(texts(events, event -> event.firstAt().minus(Fold.NEAR).toString()))
                .param(texts(events, event -> event.lastAt().plus(Fold.NEAR).toString()))
                .param(region)
                .query(EventTable::fold)
                .list();
    }

    private void write(String region, Changes changes) {
        var more = changes.more();
        var counted = changes.counted();
        jdbc.sql(WRITE)
                .param(region)
                .param(texts(more, Fold::id))
                .param(texts(more, fold -> fold.what().nodeId()))
                .param(texts(more, fold -> fold.what().type()))
                .param(texts(more, fold -> fold.what().reason()))
                .param(texts(more, fold -> fold.what().message()))
                .param(texts(more, fold -> fold.what().source()))
                .param(texts(more, fold -> Long.toString(fold.count())))
                .param(texts(more, fold -> fold.firstAt().toString()))
                .param(texts(more, fold -> fold.lastAt().toString()))
                .param(region)
                .param(texts(counted, Counted::uid))
                .param(texts(counted, Counted::foldId))
                .param(texts(counted, object -> Long.toString(object.count())))
                .update();
    }

    private static Fold fold(ResultSet row, int number) throws SQLException {
        return new Fold(
                row.getString("id"),
                new What(
                        row.getString("node_id"),
                        row.getString("type"),
                        row.getString("reason"),
                        row.getString("message"),
                        row.getString("source")),
                row.getLong("count"),
                row.getObject("first_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }

    private static <T> String[] texts(Collection<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
