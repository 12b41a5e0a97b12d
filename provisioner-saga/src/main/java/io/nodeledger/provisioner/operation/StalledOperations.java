package io.nodeledger.provisioner.operation;

import io.nodeledger.provisioner.activity.HeldOperations;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds operations that nobody works on: no activity of theirs is due, waiting or running, and nothing has happened to
 * their nodes for a while. That is never so while their sagas and the scheduler's rows are what they should be.
 */
final class StalledOperations {
    private static final Logger log = LoggerFactory.getLogger(StalledOperations.class);
    private static final int LOOKS = 5;
    /** No step pauses for that long. */
    private static final Duration TOO_LATE = Duration.ofMinutes(3);

    private final JdbcClient jdbc;
    private final HeldOperations held;
    private final Duration after;
    private final InstantSource clock;
    private Map<Idle, Long> idleSince = Map.of();
    private long lookedAt;

    StalledOperations(JdbcClient jdbc, HeldOperations held, Duration after, InstantSource clock) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.held = held;
        this.after = after;
        this.lookedAt = System.nanoTime() - after.toNanos();
    }

    /**
     * An operation without an activity.
     *
     * @param lastEvent number of its node's last event; a later one makes it another finding
     */
    private record Idle(String operationId, String nodeId, long lastEvent) {}

    /** Holds those that have been idle for too long. Called by one thread, oftener than it looks. */
    void hold() {
        long now = System.nanoTime();
        if (now - lookedAt < after.toNanos() / LOOKS) {
            return;
        }
        lookedAt = now;
        pullIn();
        var seen = new HashMap<Idle, Long>();
        for (Idle idle : idle()) {
            long since = idleSince.getOrDefault(idle, now);
            if (now - since < after.toNanos()) {
                seen.put(idle, since);
            } else {
                log.error("Nobody works on operation {} of {}; it is driven on", idle.operationId(), idle.nodeId());
                held.hold(
                        idle.operationId(),
                        idle.nodeId(),
                        null,
                        "Nobody was working on it, and nothing had happened to its node since event %d of its stream"
                                .formatted(idle.lastEvent()));
            }
        }
        idleSince = seen;
    }

    /** What is due later than any pause is long is due now: instances' clocks differ, and clocks are set back. */
    private void pullIn() {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        int late = jdbc.sql("""
                        update provisioner.scheduled_tasks set execution_time = ?, version = version + 1
                         where not picked and execution_time > ?""").params(now, now.plus(TOO_LATE)).update();
        if (late > 0) {
            log.warn("{} activities were due later than any of them pauses; a clock must have changed", late);
        }
    }

    /** Instance names of activities begin with the node's id and a slash; the character after it is a zero. */
    private List<Idle> idle() {
        return jdbc.sql("""
                        select k.operation_id, k.node_id,
                               (select max(sequence_number) from eventstore.domain_event
                                 where aggregate_identifier = k.node_id)
                          from provisioner.known_node k
                         where k.operation_id is not null
                           and not exists (select from provisioner.scheduled_tasks t
                                            where t.task_instance ~>=~ (k.node_id || '/')
                                              and t.task_instance ~<~ (k.node_id || '0'))
                           and not exists (select from provisioner.held_operation h
                                            where h.operation_id = k.operation_id)""")
                .query((row, _) -> new Idle(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }
}
