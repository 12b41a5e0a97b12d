package io.nodeledger.query.audit;

import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.base.web.Cursor;
import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.projection.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the audit trail in its order: what happened to nodes, to the workspace, to its webhooks and to its transitions, and
 * what was denied.
 */
public final class AuditQueries {
    private final JdbcClient jdbc;
    private final LongSupplier settled;
    private final Epochs epochs;

    /**
     * The queries on the tables of a database.
     *
     * @param settled the position up to which no entry can turn up any more
     */
    public AuditQueries(JdbcClient jdbc, LongSupplier settled, Epochs epochs) {
        this.jdbc = jdbc;
        this.settled = settled;
        this.epochs = epochs;
    }

    /** An entry and its place in the trail. */
    record Placed(AuditPlace place, AuditEntry entry) {}

    private record Part(String sql, List<Object> parameters) {}

    /** Many streams: a later position may be seen before an earlier one. A single stream has no such holes. */
    long reached(AuditFilter filter) {
        return filter.ofNode() == null ? settled.getAsLong() : Long.MAX_VALUE;
    }

    CursorPage<AuditEntry> page(AuditParameters asked) {
        var filter = asked.filter();
        var start = start(filter, asked.after());
        var rows = read(filter, start, reached(filter), asked.limit() + 1);
        var shown = rows.subList(0, Math.min(rows.size(), asked.limit()));
        return new CursorPage<>(
                shown.stream().map(Placed::entry).toList(),
                rows.size() > asked.limit()
                        ? Cursor.after(filter.list(), end(filter, start, shown).text())
                        : null);
    }

    /** Where to go on. */
    AuditPlace start(AuditFilter filter, @Nullable AuditPlace after) {
        if (after != null) {
            epochs.requireKept("cursor", after.position());
            return after;
        }
        return filter.newestFirst() ? AuditPlace.END : AuditPlace.BEGINNING;
    }

    /** Where a reader is who went on from a place and was shown these. */
    static AuditPlace end(AuditFilter filter, AuditPlace start, List<Placed> shown) {
        AuditPlace end = start;
        for (Placed row : shown) {
            end = end.after(row.place(), filter.newestFirst());
        }
        return end;
    }

    /** What comes next, in one statement. */
    List<Placed> read(AuditFilter filter, AuditPlace after, long upTo, int limit) {
        var parts = new ArrayList<Part>();
        parts.add(events("query.audit", filter, after, upTo));
        if (filter.ofNode() == null) {
            parts.add(events("query.workspace_audit", filter, after, upTo));
            parts.add(events("query.webhook_audit", filter, after, upTo));
            parts.add(events("query.transition_audit", filter, after, upTo));
        }
        if (filter.actions().isEmpty()
                || filter.types().contains(DeniedRow.TYPE)
                || !filter.permissions().isEmpty()) {
            parts.add(denied(filter, after, upTo));
        }
        String order = filter.newestFirst() ? "DESC" : "ASC";
        String ordered = " ORDER BY position %1$s, number %1$s LIMIT ?".formatted(order);
        var parameters = new ArrayList<Object>();
        for (Part part : parts) {
            parameters.addAll(part.parameters());
            parameters.add(limit);
        }
        parameters.add(limit);
        return jdbc.sql(parts.stream()
                        .map(part -> "(" + part.sql() + ordered + ")")
                        .collect(Collectors.joining(" UNION ALL ", "SELECT * FROM (", ") trail" + ordered)))
                .params(parameters)
                .query((row, _) -> placed(new AuditPlace(row.getLong(1), row.getLong(2)), row.getString(3)))
                .list();
    }

    private static Part events(String table, AuditFilter filter, AuditPlace after, long upTo) {
        var terms = new AuditTerms(filter).add("position <= ?", upTo);
        if (filter.newestFirst()) {
            // Of the events of a denied attempt's position, all come before it.
            terms.add("position < ?", after.denied() > 0 ? after.position() + 1 : after.position());
        } else {
            terms.add("position > ?", after.position());
        }
        if (!filter.steps()) {
            terms.add("NOT internal");
        }
        actions(terms, filter);
        return new Part(
                "SELECT position, 0::bigint AS number, doc ->> 'entry' AS entry FROM %s WHERE %s"
                        .formatted(table, terms.sql()),
                terms.parameters());
    }

    /** A column that nothing is asked of is left out, so that an index has the entries in their order. */
    private static void actions(AuditTerms terms, AuditFilter filter) {
        var types = filter.types().toArray(String[]::new);
        var commands = filter.commands().toArray(String[]::new);
        if (types.length > 0 && commands.length > 0) {
            terms.add("(type = ANY (?) OR command = ANY (?))", types, commands);
        } else if (types.length > 0) {
            terms.add("type = ANY (?)", (Object) types);
        } else if (commands.length > 0) {
            terms.add("command = ANY (?)", (Object) commands);
        } else if (!filter.actions().isEmpty()) {
            terms.add("false");
        }
    }

    private static Part denied(AuditFilter filter, AuditPlace after, long upTo) {
        var terms = new AuditTerms(filter).add("position <= ?", upTo);
        if (filter.newestFirst()) {
            terms.add("(position, number) < (?, ?)", after.position(), after.denied());
        } else {
            terms.add("number > ?", after.denied());
        }
        if (!filter.actions().isEmpty() && !filter.types().contains(DeniedRow.TYPE)) {
            terms.add("permission = ANY (?)", (Object) filter.permissions().toArray(String[]::new));
        }
        return new Part(
                "SELECT position, number, row_to_json(attempt)::text AS entry FROM audit.denied_attempt attempt WHERE "
                        + terms.sql(),
                terms.parameters());
    }

    private static Placed placed(AuditPlace place, String entry) {
        return new Placed(
                place,
                place.denied() > 0
                        ? RowJson.MAPPER.readValue(entry, DeniedRow.class).entry()
                        : RowJson.MAPPER.readValue(entry, AuditEntry.class));
    }
}
