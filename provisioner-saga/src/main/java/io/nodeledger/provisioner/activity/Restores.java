package io.nodeledger.provisioner.activity;

import java.util.OptionalInt;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Restores of the log that no operator has acknowledged. What they have lost may have called off, or long since ended, what is still
 * under way in the log: a machine may be in use again.
 */
public final class Restores {
    private static final String UNACKNOWLEDGED =
            "(SELECT max(number) FROM eventstore.epoch WHERE acknowledged_at IS NULL AND after_position >= (%s))";

    /**
     * The newest of them that an operation began before, as an SQL expression with the parameter {@code operation}. What an operator
     * has abandoned does not go on when the restore is acknowledged at the same time.
     */
    static final String SINCE_OPERATION = "coalesce(" + UNACKNOWLEDGED.formatted("""
            SELECT min(global_index) FROM eventstore.domain_event
            WHERE eventstore.operation_of(payload) = :operation AND payload_type IN (
              'io.nodeledger.events.node.NodeEvent$NodeProvisioningStarted',
              'io.nodeledger.events.node.NodeEvent$NodeProvisioningRetried',
              'io.nodeledger.events.node.NodeEvent$NodeDeletionStarted',
              'io.nodeledger.events.node.PowerEvent$PowerOperationStarted',
              'io.nodeledger.events.node.UpdateEvent$NodeUpdateStarted')""")
            + ", (SELECT epoch FROM provisioner.held_operation WHERE operation_id = :operation AND abandoned))";

    private static final String SINCE_STREAM = UNACKNOWLEDGED.formatted(
            "SELECT min(global_index) FROM eventstore.domain_event WHERE aggregate_identifier = :stream");

    private final JdbcClient jdbc;

    public Restores(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The epoch to be acknowledged before what a stream tells of may take machines away; empty as a rule. */
    public OptionalInt since(String stream) {
        return jdbc.sql("SELECT " + SINCE_STREAM)
                .param("stream", stream)
                .query((row, _) -> {
                    int epoch = row.getInt(1);
                    return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(epoch);
                })
                .single();
    }
}
