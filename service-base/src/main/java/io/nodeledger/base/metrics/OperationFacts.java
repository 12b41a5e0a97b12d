package io.nodeledger.base.metrics;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.operation.OperationType;
import java.util.Optional;

/** What is measured of an operation's events. */
final class OperationFacts {
    private static final String NO_CODE = "none";

    private OperationFacts() {}

    /** The operation that the event begins. */
    static Optional<OperationType> begun(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningStarted _, NodeEvent.NodeProvisioningRetried _ ->
                Optional.of(OperationType.PROVISION);
            case NodeEvent.NodeDeletionStarted _ -> Optional.of(OperationType.DELETE);
            case PowerEvent.PowerOperationStarted begun -> Optional.of(begun.type());
            case UpdateEvent.NodeUpdateStarted _ -> Optional.of(OperationType.UPDATE);
            default -> Optional.empty();
        };
    }

    /** Why the operation that the event ends did not succeed: one of few words. */
    static String code(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningFailed undone -> undone.code();
            case NodeEvent.NodeDeletionFailed undone -> undone.code();
            case PowerEvent.PowerOperationFailed undone -> undone.code();
            case UpdateEvent.NodeUpdateFailed undone -> undone.code();
            case NodeEvent.NodeNeedsAttention stuck -> stuck.code();
            case NodeEvent.OperationCancelled _ -> NodeEvent.CancellationRequested.CODE;
            default -> NO_CODE;
        };
    }
}
