package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.Begin;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a node can begin what a caller asks for, and the event with which it begins (source: rulings, "State machine"). */
record OperationRequest(
        String nodeId,
        String workspaceId,
        NodeState state,
        @Nullable String transitionId,
        Marks marks,
        NodeTerms terms,
        long version,
        Instant at) {
    /** The most labels that a node may carry (source: API decisions, "Provision"). */
    private static final int MOST_LABELS = 64;

    /** What was decided. */
    sealed interface Answer {
        /** What happens to the node, if anything. */
        default Optional<NodeEvent> event() {
            return Optional.empty();
        }

        /** What the caller is told, once that has happened. */
        OperationAnswer answer(long sequence);
    }

    /** It begins. */
    record Begun(
            NodeEvent happens,
            String operationId,
            NodeStatus status,
            boolean drains,
            @Nullable Instant end) implements Answer {
        @Override
        public Optional<NodeEvent> event() {
            return Optional.of(happens);
        }

        @Override
        public OperationAnswer answer(long sequence) {
            return new OperationAnswer.Accepted(happens.nodeId(), operationId, status, drains, end, sequence);
        }
    }

    /** It runs already, as wished. */
    record Repeated(String nodeId, String operationId, NodeStatus status) implements Answer {
        @Override
        public OperationAnswer answer(long sequence) {
            return new OperationAnswer.Accepted(nodeId, operationId, status, false, null, sequence);
        }
    }

    /** There is nothing to do. */
    record Nothing(String nodeId, NodeStatus status) implements Answer {
        @Override
        public OperationAnswer answer(long sequence) {
            return new OperationAnswer.Unchanged(nodeId, status, sequence);
        }
    }

    /** It can't be. */
    record No(Refusal refusal) implements Answer {
        @Override
        public OperationAnswer answer(long sequence) {
            return new OperationAnswer.Refused(refusal);
        }
    }

    Answer answer(Begin command) {
        if (state instanceof NodeState.Deleted || !workspaceId.equals(command.workspaceId())) {
            return new No(new Refusal.NotFound("node", nodeId));
        }
        if (!command.condition().admits(version)) {
            return new No(new Refusal.PreconditionFailed(nodeId));
        }
        if (state.running().isPresent()) {
            return new No(new Refusal.OperationInProgress(state.running().get().id()));
        }
        if (transitionId != null) {
            return new No(new Refusal.OperationInProgress(transitionId));
        }
        return switch (command) {
            case StartNode c ->
                state instanceof NodeState.Stopped || isBroken()
                        ? power(c, OperationType.START, NodeStatus.STARTING, false, false, 0)
                        : impossible(NodeStatus.STOPPED, NodeStatus.ERROR);
            case StopNode c ->
                state instanceof NodeState.Running
                        ? power(
                                c,
                                OperationType.STOP,
                                NodeStatus.STOPPING,
                                c.drain() && !c.force(),
                                c.force(),
                                c.drainTimeoutSeconds())
                        : impossible(NodeStatus.RUNNING);
            case RebootNode c ->
                state instanceof NodeState.Running || isBroken()
                        ? power(
                                c,
                                OperationType.REBOOT,
                                NodeStatus.REBOOTING,
                                c.drain() && !c.force(),
                                c.force(),
                                c.drainTimeoutSeconds())
                        : impossible(NodeStatus.RUNNING, NodeStatus.ERROR);
            case RetryProvisioning c ->
                state instanceof NodeState.InError(boolean withMachine) && !withMachine
                        ? retried(c)
                        : impossible(NodeStatus.ERROR);
            case UpdateNode c -> state.isWell() ? updated(c) : impossible(NodeStatus.RUNNING, NodeStatus.STOPPED);
        };
    }

    private boolean isBroken() {
        return state instanceof NodeState.InError(boolean withMachine) && withMachine;
    }

    private Answer power(
            Begin command, OperationType type, NodeStatus next, boolean drain, boolean force, int drainTimeoutSeconds) {
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event = new PowerOperationStarted(
                nodeId,
                workspaceId,
                command.operationId(),
                type,
                state.status(),
                drain,
                force,
                drainTimeoutSeconds,
                end,
                at);
        return new Begun(event, command.operationId(), next, drain, end);
    }

    private Answer retried(RetryProvisioning command) {
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event =
                new NodeProvisioningRetried(nodeId, workspaceId, command.operationId(), terms.creditHold(), end, at);
        return new Begun(event, command.operationId(), NodeStatus.PROVISIONING, false, end);
    }

    private Answer updated(UpdateNode command) {
        Marks wished = marks.changed(command.labels(), command.taints());
        if (wished.equals(marks)) {
            return new Nothing(nodeId, state.status());
        }
        if (wished.labels().size() > MOST_LABELS) {
            return new No(new Refusal.TooManyLabels(wished.labels().size(), MOST_LABELS));
        }
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event = new NodeUpdateStarted(
                nodeId, workspaceId, command.operationId(), wished.labels(), wished.taints(), end, at);
        return new Begun(event, command.operationId(), state.status(), false, end);
    }

    /** From {@code error} some things are possible with a machine, and others without. */
    private No impossible(NodeStatus... allowedFrom) {
        List<String> words = List.of(allowedFrom).stream().map(NodeStatus::word).toList();
        String without =
                state instanceof NodeState.InError(boolean withMachine) ? withMachine ? " with" : " without" : "";
        return new No(new Refusal.InvalidState(
                state.status().word(), words, without.isEmpty() ? "" : without + " a machine"));
    }
}
