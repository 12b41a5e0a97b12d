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

    private static final int CLOCKS_HOURS = 25;

    private final JdbcClient sql;

    Epochs(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Opens one, since events are known that the log lacks, unless somebody else has just done so.
     *
     * @param lostFrom a position of theirs, the smallest one known
     * @param lostUntil the largest one
     * @return the number of the epoch that the log is in now
     */
    public int open(String cause, long lostFrom, long lostUntil) {
        return sql.sql("SELECT eventstore.open_epoch(?, ?, ?)")
                .params(cause, lostFrom, lostUntil)
                .query(Integer.class)
                .single();
    }

    /** Whether a position is of what a restore has lost. What the log has there now counts, whatever was there before. */
    public boolean isLost(long position) {
        return isLeftOut(position)
                && !sql.sql("SELECT EXISTS (SELECT FROM eventstore.domain_event WHERE global_index = ?)")
                        .param(position)
                        .query(Boolean.class)
                        .single();
    }

    /**
     * Whether an epoch leaves a position out. The log may have an event there all the same: one that was appended after the
     * restore and before the epoch was opened.
     */
    public boolean isLeftOut(long position) {
        return sql.sql("SELECT EXISTS (SELECT FROM eventstore.epoch"
                        + " WHERE number > 0 AND after_position < ? AND ? < first_position)")
                .params(position, position)
                .query(Boolean.class)
                .single();
    }

    /** No position that was ever given is higher: epochs are numbered by the hour, and clocks are not a day ahead. */
    public long highestPossible() {
        return sql.sql("""
                        SELECT (greatest(max(number), floor(extract(epoch FROM now() - timestamptz '2026-01-01Z') / 3600))::bigint
                                + ? << 36) - 1
                        FROM eventstore.epoch""").param(CLOCKS_HOURS).query(Long.class).single();
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

    /** How many places there are up to a position, without those between epochs, which are never taken. */
    public long placesUntil(long position) {
        return sql.sql("""
                        SELECT coalesce(sum(greatest(0, least(?, last) - first_position + 1)), 0)::bigint
                        FROM (SELECT first_position, lead(after_position) OVER (ORDER BY number) AS last
                              FROM eventstore.epoch) e""").param(position).query(Long.class).single();
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
