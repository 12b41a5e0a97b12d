package io.nodeledger.events.node;

import java.util.Locale;
import java.util.Optional;

/**
 * That an operation has ended.
 *
 * @param operationId which one
 * @param result how
 */
public record OperationEnd(String operationId, Result result) {
    /** How operations end. */
    public enum Result {
        SUCCEEDED,
        FAILED,
        CANCELLED;

        /** The result's word in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The end that the event is, if it is one. */
    public static Optional<OperationEnd> in(NodeEvent event) {
        return switch (event) {
            case NodeEvent.NodeProvisioningCompleted done -> ended(done.operationId(), Result.SUCCEEDED);
            case NodeEvent.NodeDeleted done -> ended(done.operationId(), Result.SUCCEEDED);
            case NodeEvent.NodeProvisioningFailed failed -> ended(failed.operationId(), Result.FAILED);
            case NodeEvent.NodeDeletionFailed failed -> ended(failed.operationId(), Result.FAILED);
            case NodeEvent.NodeNeedsAttention stuck -> ended(stuck.operationId(), Result.FAILED);
            case NodeEvent.OperationCancelled cancelled -> ended(cancelled.operationId(), Result.CANCELLED);
            case NodeEvent.NodeProvisioningStarted _,
                    NodeEvent.NodeDeletionStarted _,
                    NodeEvent.NodeDeletionForced _,
                    NodeEvent.Progress _,
                    NodeEvent.Observed _ -> Optional.empty();
        };
    }

    private static Optional<OperationEnd> ended(String operationId, Result result) {
        return Optional.of(new OperationEnd(operationId, result));
    }
}
