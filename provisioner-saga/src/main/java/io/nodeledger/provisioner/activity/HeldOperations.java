package io.nodeledger.provisioner.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Operations that a failure nobody foresaw keeps from going on by themselves, or a restore that no operator has acknowledged. Each
 * is a row that people are shown under "attention"; it goes when the operation ends.
 */
public final class HeldOperations {
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;

    public HeldOperations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param awaited whether it only waits for an operator, and goes on by itself then
     */
    public record Held(String operationId, String nodeId, boolean awaited) {}

    /**
     * Holds an operation, in the caller's transaction if there is one; again if it is held already.
     *
     * @param eventId the event whose handling failed, if it was one
     * @return how often the operation has failed by now
     */
    public int hold(String operationId, String nodeId, @Nullable String eventId, Throwable failure) {
        return hold(operationId, nodeId, eventId, reason(failure));
    }

    /** Tells why a held operation can't be driven on, which is no failure of its steps. */
    public void explain(String operationId, Throwable failure) {
        jdbc.sql("update provisioner.held_operation set reason = ? where operation_id = ?")
                .param(reason(failure))
                .param(operationId)
                .update();
    }

    /** The same for a reason that nothing threw. */
    public int hold(String operationId, String nodeId, @Nullable String eventId, String reason) {
        return jdbc.sql("""
                        insert into provisioner.held_operation (operation_id, node_id, event_id, reason)
                        values (?, ?, ?, ?)
                        on conflict (operation_id) do update
                           set failures = held_operation.failures + 1, reason = excluded.reason
                        returning failures""")
                .param(operationId)
                .param(nodeId)
                .param(eventId)
                .param(reason)
                .query(Integer.class)
                .single();
    }

    /**
     * Holds an operation that began before a restore until an operator has acknowledged that.
     *
     * @param epoch the one that the restore has opened
     * @return whether an operator has abandoned it instead
     */
    boolean await(String operationId, String nodeId, int epoch) {
        return jdbc.sql("""
                        insert into provisioner.held_operation (operation_id, node_id, reason, failures, epoch)
                        values (?, ?, ?, 0, ?)
                        on conflict (operation_id) do update set reason = excluded.reason, epoch = excluded.epoch
                        returning abandoned""")
                .param(operationId)
                .param(nodeId)
                .param(("It began before the database was restored, and would take away a machine that may be in use."
                                + " It waits until an operator has acknowledged epoch %d, or has abandoned it.")
                        .formatted(epoch))
                .param(epoch)
                .query(Boolean.class)
                .single();
    }

    /** Lets those go on that waited for an operator and need not any more. */
    public void releaseAcknowledged() {
        jdbc.sql("""
                        delete from provisioner.held_operation h using eventstore.epoch e
                         where e.number = h.epoch and e.acknowledged_at is not null and not h.abandoned
                           and h.failures = 0""").update();
        jdbc.sql("""
                        update provisioner.held_operation h
                           set epoch = null, reason = 'It failed before the restore that is acknowledged now'
                          from eventstore.epoch e
                         where e.number = h.epoch and e.acknowledged_at is not null and not h.abandoned""").update();
    }

    /** Lets an operation go. */
    public void release(String operationId) {
        jdbc.sql("delete from provisioner.held_operation where operation_id = ?")
                .param(operationId)
                .update();
    }

    /** Those that are held now, the oldest first. */
    public List<Held> all() {
        return jdbc.sql("""
                        select operation_id, node_id, epoch is not null and failures = 0
                          from provisioner.held_operation order by held_at""")
                .query((row, _) -> new Held(row.getString(1), row.getString(2), row.getBoolean(3)))
                .list();
    }

    /** For operators, who also have the log: what was thrown, not what the caller sent. */
    private static String reason(Throwable failure) {
        String text = failure.getMessage() == null
                ? failure.getClass().getSimpleName()
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
        String storable = text.replace('\0', ' ');
        return storable.length() > LONGEST_REASON ? storable.substring(0, LONGEST_REASON) : storable;
    }
}
