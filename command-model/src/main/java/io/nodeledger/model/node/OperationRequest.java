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
import java.util.stream.Stream;

/** Whether a node can begin what a caller asks for, and the event with which it begins (source: rulings, "State machine"). */
record OperationRequest(NodeSnapshot node, Instant at) {
    /** The most labels that a node may carry (source: API decisions, "Provision"). */
    private static final int MOST_LABELS = 64;

    Decision<OperationAnswer> of(Begin command) {
        return node.refusalOf(command.workspaceId(), command.condition())
                .or(() -> node.state().running().map(running -> new Refusal.OperationInProgress(running.id())))
                .or(node::refusalOfUse)
                .map(OperationRequest::refused)
                .orElseGet(() -> begun(command));
    }

    private Decision<OperationAnswer> begun(Begin command) {
        NodeState state = node.state();
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
        return node.state() instanceof NodeState.InError(boolean withMachine) && withMachine;
    }

    private Decision<OperationAnswer> power(
            Begin command, OperationType type, NodeStatus next, boolean drain, boolean force, int drainTimeoutSeconds) {
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event = new PowerOperationStarted(
                node.id(),
                node.workspaceId(),
                command.operationId(),
                type,
                node.state().status(),
                drain,
                force,
                drainTimeoutSeconds,
                end,
                at);
        return begins(event, command, next, drain, end);
    }

    private Decision<OperationAnswer> retried(RetryProvisioning command) {
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event = new NodeProvisioningRetried(
                node.id(),
                node.workspaceId(),
                command.operationId(),
                node.terms().creditHold(),
                end,
                at);
        return begins(event, command, NodeStatus.PROVISIONING, false, end);
    }

    private Decision<OperationAnswer> updated(UpdateNode command) {
        NodeStatus status = node.state().status();
        Marks wished = node.marks().changed(command.labels(), command.taints());
        if (wished.equals(node.marks())) {
            return new Decision<>(List.of(), sequence -> new OperationAnswer.Unchanged(node.id(), status, sequence));
        }
        if (wished.labels().size() > MOST_LABELS) {
            return refused(new Refusal.TooManyLabels(wished.labels().size(), MOST_LABELS));
        }
        Instant end = at.plusSeconds(command.estimatedSeconds());
        var event = new NodeUpdateStarted(
                node.id(), node.workspaceId(), command.operationId(), wished.labels(), wished.taints(), end, at);
        return begins(event, command, status, false, end);
    }

    private static Decision<OperationAnswer> begins(
            NodeEvent event, Begin command, NodeStatus status, boolean drains, Instant end) {
        return new Decision<>(
                List.of(event),
                sequence -> new OperationAnswer.Accepted(
                        event.nodeId(), command.operationId(), status, drains, end, sequence));
    }

    /** From {@code error} some things are possible with a machine, and others without. */
    private Decision<OperationAnswer> impossible(NodeStatus... allowedFrom) {
        NodeState state = node.state();
        List<String> words = Stream.of(allowedFrom).map(NodeStatus::word).toList();
        String machine = state instanceof NodeState.InError(boolean withMachine)
                ? withMachine ? " with a machine" : " without a machine"
                : "";
        return refused(new Refusal.InvalidState(state.status().word(), words, machine));
    }

    private static Decision<OperationAnswer> refused(Refusal refusal) {
        return Decision.nothing(new OperationAnswer.Refused(refusal));
    }
}
