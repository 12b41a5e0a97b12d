package io.nodeledger.base.eventstore;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the global order can no longer change: every index up to there holds an event or never will.
 *
 * <p>Indexes are handed out before the commit, so a later event can become visible first and leave a hole. A hole is
 * dead when every transaction that ran when it was first seen has ended, which PostgreSQL's snapshots tell exactly; no
 * clock is involved. One instance follows one order; it is not for use by several threads at once.
 */
public final class SettledOrder {

    private static final int BATCH = 10_000;
    private static final int MOST_HOLES = 10_000;

    private final JdbcClient sql;
    private final TreeMap<Long, Long> holes = new TreeMap<>();
    private long settled;

    /**
     * Follows the order from a place that is known to be settled.
     *
     * @param from that place, 0 for the very beginning
     */
    public SettledOrder(JdbcClient sql, long from) {
        this.sql = sql;
        this.settled = from;
    }

    /** Looks once, and returns the highest index up to which the order is settled now. */
    public long advance() {
        var seen = new ArrayList<Look>();
        do {
            seen.clear();
            // One statement, hence one snapshot: what had ended before it is visible in it.
            seen.addAll(sql.sql("""
                            SELECT e.global_index, s.oldest, s.next
                            FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest,
                                         pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS next) s
                            LEFT JOIN LATERAL (SELECT global_index FROM eventstore.domain_event
                                               WHERE global_index > ? ORDER BY global_index LIMIT ?) e ON true
                            ORDER BY e.global_index""")
                    .params(settled, BATCH)
                    .query((row, number) -> new Look(row.getLong(1), row.getLong(2), row.getLong(3)))
                    .list());
        } while (follow(seen) && seen.size() == BATCH);
        return settled;
    }

    /** Returns whether all that was seen is settled, so that it is worth looking further. */
    private boolean follow(List<Look> seen) {
        for (var look : seen) {
            settled = Math.max(settled, Epoch.floorOf(look.index()));
            while (look.index() > settled + 1) {
                var hole = settled + 1;
                long seenBefore = holes.computeIfAbsent(hole, first -> look.next());
                if (look.oldest() < seenBefore) {
                    noteHoles(seen);
                    return false;
                }
                settled = hole;
                holes.headMap(hole, true).clear();
            }
            settled = Math.max(settled, look.index());
        }
        return true;
    }

    /** All holes of a look begin to wait at once, so that they are settled together and not a look each. */
    private void noteHoles(List<Look> seen) {
        long next = settled + 1;
        for (var look : seen) {
            next = Math.max(next, Epoch.floorOf(look.index()) + 1);
            for (long hole = next; hole < look.index() && holes.size() < MOST_HOLES; hole++) {
                holes.putIfAbsent(hole, look.next());
            }
            next = Math.max(next, look.index() + 1);
        }
    }

    /** An index that holds an event (0: there is none), the oldest running transaction, and the next one to begin. */
    private record Look(long index, long oldest, long next) {}
}
