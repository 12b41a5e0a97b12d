package io.nodeledger.model.node;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.MachineInspected;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.NodeEvent.StepFailed;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.model.operation.OperationProgress.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the outcome of a step into the events that it means for the node. */
record StepConsequences(NodeSnapshot node, OperationProgress operation, Instant at) {
    /** Whether the outcome is still to be recorded, and what follows from it. */
    static Decision<Recorded> of(NodeSnapshot node, RecordOutcome command, Instant at) {
        OperationProgress operation = node.state().running().orElse(null);
        if (operation == null || !operation.id().equals(command.operationId())) {
            return Decision.nothing(Recorded.nothing(OutcomeAnswer.OPERATION_ENDED));
        }
        if (!operation.expects(command.step()) || operation.round() != command.round()) {
            return Decision.nothing(Recorded.nothing(OutcomeAnswer.ALREADY_RECORDED));
        }
        List<NodeEvent> events = new StepConsequences(node, operation, at).events(command);
        return new Decision<>(events, _ -> Recorded.with(events.getLast()));
    }

    private List<NodeEvent> events(RecordOutcome command) {
        var events = new ArrayList<NodeEvent>();
        String nodeId = node.id();
        Step step = command.step();
        int attempt = command.attempt();
        switch (command.outcome()) {
            case Outcome.TaskStarted(String upid) ->
                events.add(new ProviderTaskStarted(nodeId, operation.id(), step, attempt, upid, at));
            case Outcome.Delayed(String reason) ->
                events.add(new StepDelayed(nodeId, operation.id(), step, attempt, reason, at));
            case Outcome.IdTaken(int vmId, String reason) ->
                events.add(new MachineIdBurnt(nodeId, operation.id(), step, attempt, vmId, reason, at));
            case Outcome.Allocated(String host, int vmId, String storage) ->
                events.add(new MachineAllocated(
                        nodeId, operation.id(), step, attempt, host, vmId, storage, command.startedAt(), at));
            case Outcome.Addressed(String privateAddress, String publicAddress) ->
                events.add(new MachineAddressed(
                        nodeId, operation.id(), step, attempt, privateAddress, publicAddress, command.startedAt(), at));
            case Outcome.Done(String detail) -> {
                events.add(new StepSucceeded(nodeId, operation.id(), step, attempt, detail, command.startedAt(), at));
                if (operation.endsWith(step)) {
                    end(events, "");
                }
            }
            case Outcome.Inspected(MachinePower power) ->
                events.add(new MachineInspected(
                        nodeId, operation.id(), step, attempt, power, false, command.startedAt(), at));
            case Outcome.Ready(KubernetesFacts kubernetes) -> ready(events, command, kubernetes);
            case Outcome.Failed _
            when step == Step.INSPECT && former().isPresent() ->
                events.add(new MachineInspected(
                        nodeId, operation.id(), step, attempt, former().get(), true, command.startedAt(), at));
            case Outcome.Failed(String code, String reason) -> {
                events.add(
                        new StepFailed(nodeId, operation.id(), step, attempt, code, reason, command.startedAt(), at));
                failed(events, new Failure(step, code, reason));
            }
            case Outcome.Stuck(String code, String reason) -> {
                events.add(
                        new StepFailed(nodeId, operation.id(), step, attempt, code, reason, command.startedAt(), at));
                if (operation.type() == OperationType.UPDATE) {
                    failed(events, new Failure(step, code, reason));
                } else {
                    events.add(attention(step, code, reason));
                }
            }
        }
        return events;
    }

    private void ready(List<NodeEvent> events, RecordOutcome command, KubernetesFacts kubernetes) {
        Step step = command.step();
        int attempt = command.attempt();
        if (operation.type() == OperationType.PROVISION) {
            events.add(new StepSucceeded(node.id(), operation.id(), step, attempt, null, command.startedAt(), at));
            events.add(new NodeProvisioningCompleted(node.id(), node.workspaceId(), operation.id(), kubernetes, at));
        } else {
            events.add(new KubernetesNodeReady(
                    node.id(), operation.id(), step, attempt, kubernetes, command.startedAt(), at));
        }
    }

    /** What a step that can't be done means beyond itself; nothing when what was done can be undone. */
    private void failed(List<NodeEvent> events, Failure failure) {
        if (operation.type() == OperationType.UPDATE) {
            events.add(new NodeUpdateFailed(
                    node.id(),
                    node.workspaceId(),
                    operation.id(),
                    node.formerMarks().labels(),
                    node.formerMarks().taints(),
                    failure.step(),
                    failure.code(),
                    failure.reason(),
                    at));
        } else if (operation.compensating() && operation.found() != null) {
            // What the machine does is known, and so is what the node is in; that it is still closed is said.
            end(events, " It could not be opened to new pods again: " + failure.reason());
        } else if (operation.compensating() || !canBeUndone(failure.step())) {
            events.add(attention(failure.step(), failure.code(), failure.reason()));
        }
    }

    private void end(List<NodeEvent> events, String besides) {
        events.add(new OperationEnding(node, operation, besides, at).event());
    }

    /**
     * What the machine did before an operation that has not touched it. A provider that does not answer is no reason to
     * give up a node that was well.
     */
    private Optional<MachinePower> former() {
        Failure failure = operation.failure();
        if (failure == null || (failure.step() != Step.CORDON && failure.step() != Step.DRAIN)) {
            return Optional.empty();
        }
        NodeStatus former = switch (node.state()) {
            case NodeState.Switching switching -> switching.former();
            case NodeState.Deleting deleting -> deleting.former();
            default -> NodeStatus.ERROR;
        };
        return switch (former) {
            case RUNNING -> Optional.of(MachinePower.ON);
            case STOPPED -> Optional.of(MachinePower.OFF);
            default -> Optional.empty();
        };
    }

    /** A deletion has a way back only to a node that was well, and none once its Kubernetes node is gone. */
    private boolean canBeUndone(Step step) {
        if (!(node.state() instanceof NodeState.Deleting deleting)) {
            return true;
        }
        return (step == Step.CORDON || step == Step.DRAIN) && deleting.canReturn();
    }

    private NodeNeedsAttention attention(Step step, String code, String reason) {
        return new NodeNeedsAttention(node.id(), node.workspaceId(), operation.id(), step, code, reason, at);
    }
}
