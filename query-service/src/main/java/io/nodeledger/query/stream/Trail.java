package io.nodeledger.query.stream;

import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.projection.RowJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads what happened, in the order of positions and only up to where that order is settled. */
final class Trail {
    private static final String COLUMNS = "workspace_id, internal, doc ->> 'entry' AS entry";

    private final JdbcClient jdbc;
    private final LongSupplier settled;

    /** @param settled the position up to which nothing can turn up any more */
    Trail(JdbcClient jdbc, LongSupplier settled) {
        this.jdbc = jdbc;
        this.settled = settled;
    }

    /** What happened in a workspace. */
    record Happened(String workspaceId, StreamMessage message) {
        long position() {
            return message.position() == null ? 0 : message.position();
        }
    }

    /** The position up to which everything can be read. */
    long reached() {
        return settled.getAsLong();
    }

    /** What happened anywhere after one position and not after another. */
    List<Happened> everywhere(long after, long upTo, int most) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM query.audit WHERE position > ? AND position <= ?"
                        + " ORDER BY position LIMIT ?")
                .params(after, upTo, most)
                .query(Trail::happened)
                .list();
    }

    /** The same in one workspace. */
    List<Happened> in(String workspaceId, long after, long upTo, int most) {
        return jdbc.sql("SELECT " + COLUMNS
                        + " FROM query.audit WHERE workspace_id = ? AND position > ? AND position <= ?"
                        + " ORDER BY position LIMIT ?")
                .params(workspaceId, after, upTo, most)
                .query(Trail::happened)
                .list();
    }

    private static Happened happened(ResultSet row, int number) throws SQLException {
        var entry = RowJson.MAPPER.readValue(row.getString("entry"), AuditEntry.class);
        return new Happened(row.getString("workspace_id"), StreamedEvent.message(entry, row.getBoolean("internal")));
    }
}
