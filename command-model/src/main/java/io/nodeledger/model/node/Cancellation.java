package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a node's operation can be called off, and the event with which it turns back. */
record Cancellation(NodeSnapshot node, Instant at) {
    Decision<OperationAnswer> of(CancelOperation command) {
        if (!node.workspaceId().equals(command.workspaceId())) {
            return refused(new Refusal.NotFound("operation", command.operationId()));
        }
        return node.refusalOfUse().map(Cancellation::refused).orElseGet(() -> of(command.operationId()));
    }

    private Decision<OperationAnswer> of(String operationId) {
        OperationProgress running = node.state().running().orElse(null);
        if (running == null || !running.id().equals(operationId)) {
            return tooLate(Optional.empty());
        }
        if (running.cancelled()) {
            return accepted(operationId, List.of());
        }
        if (!running.canBeCancelled() || isFinal()) {
            return tooLate(running.next());
        }
        return accepted(
                operationId,
                List.of(new CancellationRequested(
                        node.id(),
                        node.workspaceId(),
                        operationId,
                        running.type(),
                        running.next().orElseThrow(),
                        "Called off by the caller.",
                        at)));
    }

    /** A machine that was on before its start must not be switched off, and what is lost can't be returned to. */
    private boolean isFinal() {
        return switch (node.state()) {
            case NodeState.Deleting deleting -> deleting.force() || !deleting.canReturn();
            case NodeState.Switching switching ->
                switching.operation().type() == OperationType.START && switching.former() != NodeStatus.STOPPED;
            default -> false;
        };
    }

    private Decision<OperationAnswer> accepted(String operationId, List<NodeEvent> events) {
        return new Decision<>(
                events,
                sequence -> new OperationAnswer.Accepted(
                        node.id(), operationId, node.state().status(), false, null, sequence));
    }

    private static Decision<OperationAnswer> tooLate(Optional<Step> at) {
        return refused(new Refusal.NotCancellable(at.map(Step::word).orElse("ended")));
    }

    private static Decision<OperationAnswer> refused(Refusal refusal) {
        return Decision.nothing(new OperationAnswer.Refused(refusal));
    }
}
