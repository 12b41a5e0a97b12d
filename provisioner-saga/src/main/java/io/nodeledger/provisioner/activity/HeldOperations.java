package io.nodeledger.provisioner.activity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Operations that a failure nobody foresaw keeps from going on by themselves. Each is a row that people are shown under
 * "attention"; it goes when the operation ends.
 */
public final class HeldOperations {
    private static final int LONGEST_REASON = 500;

    private final JdbcClient jdbc;

    public HeldOperations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** One of them. */
    public record Held(String operationId, String nodeId) {}

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

    /** Lets an operation go. */
    public void release(String operationId) {
        jdbc.sql("delete from provisioner.held_operation where operation_id = ?")
                .param(operationId)
                .update();
    }

    /** Those that are held now, the oldest first. */
    public List<Held> all() {
        return jdbc.sql("select operation_id, node_id from provisioner.held_operation order by held_at")
                .query((row, _) -> new Held(row.getString(1), row.getString(2)))
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
