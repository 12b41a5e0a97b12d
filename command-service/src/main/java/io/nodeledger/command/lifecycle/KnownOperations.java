package io.nodeledger.command.lifecycle;

import io.nodeledger.base.security.Permission;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds the node of an operation, in the log itself: what was accepted a moment ago can be called off. */
public final class KnownOperations {
    private final JdbcClient jdbc;

    public KnownOperations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An operation.
     *
     * @param permission what its caller needed to begin it, and needs to call it off
     */
    record Known(String nodeId, Permission permission) {}

    Optional<Known> find(String workspaceId, String operationId) {
        return jdbc.sql("""
                        SELECT aggregate_identifier, payload_type FROM eventstore.domain_event
                        WHERE eventstore.operation_of(payload) = ? AND payload_type IN (
                          'io.nodeledger.events.node.NodeEvent$NodeProvisioningStarted',
                          'io.nodeledger.events.node.NodeEvent$NodeProvisioningRetried',
                          'io.nodeledger.events.node.NodeEvent$NodeDeletionStarted',
                          'io.nodeledger.events.node.PowerEvent$PowerOperationStarted',
                          'io.nodeledger.events.node.UpdateEvent$NodeUpdateStarted')
                          AND convert_from(payload, 'UTF8')::jsonb ->> 'workspaceId' = ?""")
                .params(operationId, workspaceId)
                .query((row, _) -> new Known(row.getString(1), permission(row.getString(2))))
                .optional();
    }

    private static Permission permission(String began) {
        return switch (began.substring(began.indexOf('$') + 1)) {
            case "NodeDeletionStarted" -> Permission.NODES_DELETE;
            case "PowerOperationStarted" -> Permission.NODES_POWER;
            case "NodeUpdateStarted" -> Permission.NODES_UPDATE;
            default -> Permission.NODES_PROVISION;
        };
    }
}
