package io.nodeledger.provisioner.observation.event;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Removes events that are older than is kept, a batch at a time. Ages are told by the database, so that an instance whose
 * clock has leapt removes nothing early; several instances take different ones.
 */
final class ExpiredEvents {
    private static final int BATCH = 1000;
    private static final String REMOVE = """
            with old as (
                select region, id from provisioner.kubernetes_event
                 where last_at < now() - make_interval(secs => ?)
                 order by last_at limit ? for update skip locked),
            events as (
                delete from provisioner.kubernetes_event e using old
                 where e.region = old.region and e.id = old.id
                returning e.region, e.id),
            objects as (
                delete from provisioner.kubernetes_event_object o using events
                 where o.region = events.region and o.event_id = events.id)
            select count(*) from events""";

    private final JdbcClient jdbc;
    private final Duration retention;

    ExpiredEvents(JdbcClient jdbc, Duration retention) {
        this.jdbc = jdbc;
        this.retention = retention;
    }

    /** Removes all there are now; says how many. */
    int remove() {
        int all = 0;
        int removed;
        do {
            removed = jdbc.sql(REMOVE)
                    .params((double) retention.toSeconds(), BATCH)
                    .query(Integer.class)
                    .single();
            all += removed;
        } while (removed == BATCH);
        return all;
    }
}
