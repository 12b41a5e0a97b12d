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
            case PowerEvent.NodeStarted done -> ended(done.operationId(), Result.SUCCEEDED);
            case PowerEvent.NodeStopped done -> ended(done.operationId(), Result.SUCCEEDED);
            case PowerEvent.NodeRebooted done -> ended(done.operationId(), Result.SUCCEEDED);
            case UpdateEvent.NodeUpdated done -> ended(done.operationId(), Result.SUCCEEDED);
            case NodeEvent.NodeProvisioningFailed undone -> undone(undone.operationId(), undone.code());
            case NodeEvent.NodeDeletionFailed undone -> undone(undone.operationId(), undone.code());
            case PowerEvent.PowerOperationFailed undone -> undone(undone.operationId(), undone.code());
            case UpdateEvent.NodeUpdateFailed undone -> undone(undone.operationId(), undone.code());
            case NodeEvent.NodeNeedsAttention stuck -> ended(stuck.operationId(), Result.FAILED);
            case NodeEvent.OperationCancelled cancelled -> ended(cancelled.operationId(), Result.CANCELLED);
            case NodeEvent.NodeProvisioningStarted _,
                    NodeEvent.NodeProvisioningRetried _,
                    NodeEvent.CancellationRequested _,
                    PowerEvent.PowerOperationStarted _,
                    UpdateEvent.NodeUpdateStarted _,
                    NodeEvent.NodeDeletionStarted _,
                    NodeEvent.NodeDeletionForced _,
                    NodeEvent.Progress _,
                    NodeEvent.Observed _,
                    MembershipEvent _,
                    SettingsEvent _ -> Optional.empty();
        };
    }

    /** What was called off and undone has not failed. */
    private static Optional<OperationEnd> undone(String operationId, String code) {
        return ended(operationId, code.equals(NodeEvent.CancellationRequested.CODE) ? Result.CANCELLED : Result.FAILED);
    }

    private static Optional<OperationEnd> ended(String operationId, Result result) {
        return Optional.of(new OperationEnd(operationId, result));
    }
}
