package io.nodeledger.base.eventstore;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The epochs of the log, and what was lost between them (source: rulings 6). */
public final class Epochs {

    /**
     * What a connection begins with: a database that was restored, moved or taken over by a replica has none of the connections
     * that were there before, so nothing is appended in the epoch from before. Schemas may not be there yet.
     */
    static final String ENTERING = """
            DO $$ BEGIN
              IF to_regprocedure('eventstore.enter_epoch()') IS NOT NULL THEN PERFORM eventstore.enter_epoch(); END IF;
            END $$""";

    private final JdbcClient sql;

    Epochs(JdbcClient sql) {
        this.sql = sql;
    }

    /** Enters the epoch that the log is in, for connections that are older than the schema; its number. */
    int enter() {
        return sql.sql("SELECT eventstore.enter_epoch()").query(Integer.class).single();
    }

    /**
     * Opens one, since events are known that the log lacks.
     *
     * @param lostFrom a position of theirs, the smallest one known
     * @param lostUntil the largest one
     * @return its number
     */
    public int open(String cause, long lostFrom, long lostUntil) {
        return sql.sql("SELECT eventstore.open_epoch(?, ?, ?)")
                .params(cause, lostFrom, lostUntil)
                .query(Integer.class)
                .single();
    }

    /** Whether a position is of what a restore has lost. */
    public boolean isLost(long position) {
        return sql.sql("SELECT EXISTS (SELECT FROM eventstore.epoch"
                        + " WHERE number > 0 AND after_position < ? AND ? < first_position)")
                .params(position, position)
                .query(Boolean.class)
                .single();
    }

    /**
     * Refuses to go on from what a restore has lost: what follows there would be something else.
     *
     * @param field where the caller named the position
     */
    public void requireKept(String field, long position) {
        if (isLost(position)) {
            throw lost(field);
        }
    }

    /** Refuses an event that the log does not have, if a restore may be the reason. */
    public void requireWhole(String field) {
        if (sql.sql("SELECT EXISTS (SELECT FROM eventstore.epoch WHERE number > 0)")
                .query(Boolean.class)
                .single()) {
            throw lost(field);
        }
    }

    /**
     * Which of these events a restore has lost: the log lacks them, and their positions are not of what it may still get.
     *
     * @param positions by the events' ids
     */
    public Set<String> lostAmong(Map<String, Long> positions) {
        if (positions.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(sql.sql("""
                        SELECT told.id FROM unnest(?, ?) AS told (id, position)
                        WHERE EXISTS (SELECT FROM eventstore.epoch
                            WHERE number > 0 AND after_position < told.position AND told.position < first_position)
                          AND NOT EXISTS (SELECT FROM eventstore.domain_event WHERE event_identifier = told.id)""")
                .param(positions.keySet().toArray(String[]::new))
                .param(positions.values().toArray(Long[]::new))
                .query(String.class)
                .list());
    }

    private static ApiException lost(String field) {
        return new ApiException(ApiError.validation(
                field, "lost", "is of what was lost when the database was restored: begin anew without it"));
    }
}
