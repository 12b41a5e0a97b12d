package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;

/** Whether a node's operation can be called off, and the event with which it turns back. */
record Cancellation(String nodeId, String workspaceId, NodeState state, Instant at) {
    OperationRequest.Answer of(String operationId) {
        OperationProgress running = state.running().orElse(null);
        if (running == null || !running.id().equals(operationId)) {
            return refused("ended");
        }
        if (running.cancelled()) {
            return new OperationRequest.Repeated(nodeId, operationId, state.status());
        }
        if (!running.canBeCancelled() || isFinal()) {
            return refused(running.next().map(Step::word).orElse("ended"));
        }
        var event = new CancellationRequested(
                nodeId,
                workspaceId,
                operationId,
                running.type(),
                running.next().orElseThrow(),
                "Called off by the caller.",
                at);
        return new OperationRequest.Begun(event, operationId, state.status(), false, null);
    }

    /** A machine that was on before its start must not be switched off, and what is lost can't be returned to. */
    private boolean isFinal() {
        return switch (state) {
            case NodeState.Deleting deleting -> deleting.force() || !deleting.canReturn();
            case NodeState.Switching switching ->
                switching.operation().type() == OperationType.START && switching.former() != NodeStatus.STOPPED;
            default -> false;
        };
    }

    private static OperationRequest.No refused(String where) {
        return new OperationRequest.No(new Refusal.NotCancellable(where));
    }
}
