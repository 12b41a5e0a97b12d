package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.task.Execution;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the activity rows say of who does what at this moment. */
final class ActivityRows {
    static final String TABLE = "provisioner.scheduled_tasks";

    private final JdbcClient jdbc;

    ActivityRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Gives back what a process that died was working on. Data, attempts and due time stay: a step learns from the
     * latter how long nobody worked on it.
     */
    void releaseAll() {
        jdbc.sql("UPDATE " + TABLE
                        + " SET picked = false, picked_by = NULL, last_heartbeat = NULL, version = version + 1"
                        + " WHERE picked")
                .update();
    }

    /** Whether another step of the node is being executed right now, by any instance. */
    boolean anotherRuns(String nodeId, String exceptInstance) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM " + TABLE
                        + " WHERE task_instance LIKE :prefix AND picked AND task_instance <> :except)")
                .param("prefix", nodeId + "/%")
                .param("except", exceptInstance)
                .query(Boolean.class)
                .single();
    }

    /**
     * How things stand for a step that is about to act.
     *
     * @param held whether the row still belongs to whoever began its execution
     * @param lastEvent number of the last event in the node's stream
     * @param restore the epoch of a restore that the operation began before and nobody has acknowledged, 0 as a rule
     */
    record Standing(boolean held, long lastEvent, int restore) {}

    /**
     * Looks at all in one statement, because each call that changes something waits for it. A row's version changes each
     * time it is picked or given back; the name of whoever picked it is its host's, which several instances can share.
     */
    Supplier<Standing> standingOf(Execution execution, String nodeId, String operationId) {
        return () -> jdbc.sql("SELECT EXISTS (SELECT FROM " + TABLE
                        + " WHERE task_name = :task AND task_instance = :instance AND picked AND version = :version),"
                        + " (SELECT max(sequence_number) FROM eventstore.domain_event"
                        + " WHERE aggregate_identifier = :node), " + Restores.SINCE_OPERATION)
                .param("task", execution.getTaskName())
                .param("instance", execution.getId())
                .param("version", execution.version)
                .param("node", nodeId)
                .param("operation", operationId)
                .query((row, _) -> new Standing(row.getBoolean(1), row.getLong(2), row.getInt(3)))
                .single();
    }
}
