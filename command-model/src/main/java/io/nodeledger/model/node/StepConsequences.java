package io.nodeledger.model.node;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineAddressed;
import io.nodeledger.events.node.NodeEvent.MachineAllocated;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeEvent.StepDelayed;
import io.nodeledger.events.node.NodeEvent.StepFailed;
import io.nodeledger.events.node.NodeEvent.StepSucceeded;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.node.Recorded.Settlement;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.model.operation.OperationProgress.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns the outcome of a step into the events that it means for the node. */
final class StepConsequences {
    private final String nodeId;
    private final String workspaceId;
    private final String name;
    private final NodeState state;
    private final OperationProgress operation;
    private final Instant at;
    private Settlement settlement = Settlement.NONE;

    StepConsequences(
            String nodeId, String workspaceId, String name, NodeState state, OperationProgress operation, Instant at) {
        this.nodeId = nodeId;
        this.workspaceId = workspaceId;
        this.name = name;
        this.state = state;
        this.operation = operation;
        this.at = at;
    }

    Recorded recorded() {
        return new Recorded(OutcomeAnswer.RECORDED, settlement);
    }

    List<NodeEvent> of(RecordOutcome command) {
        var events = new ArrayList<NodeEvent>();
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
                    end(events);
                }
            }
            case Outcome.Ready(KubernetesFacts kubernetes) -> {
                events.add(new StepSucceeded(nodeId, operation.id(), step, attempt, null, command.startedAt(), at));
                events.add(new NodeProvisioningCompleted(nodeId, workspaceId, operation.id(), kubernetes, at));
            }
            case Outcome.Failed(String code, String reason) -> {
                events.add(
                        new StepFailed(nodeId, operation.id(), step, attempt, code, reason, command.startedAt(), at));
                if (operation.compensating() || !canBeUndone(step)) {
                    events.add(attention(step, code, reason));
                }
            }
            case Outcome.Stuck(String code, String reason) -> {
                events.add(
                        new StepFailed(nodeId, operation.id(), step, attempt, code, reason, command.startedAt(), at));
                events.add(attention(step, code, reason));
            }
        }
        return events;
    }

    private void end(List<NodeEvent> events) {
        Failure failure = operation.failure();
        if (failure == null) {
            settlement = Settlement.RELEASE_NODE;
            events.add(new NodeDeleted(nodeId, workspaceId, operation.id(), name, at));
        } else if (operation.type() == OperationType.PROVISION) {
            settlement = Settlement.RELEASE_HOLD;
            events.add(new NodeProvisioningFailed(
                    nodeId, workspaceId, operation.id(), failure.step(), failure.code(), failure.reason(), at));
        } else {
            events.add(new NodeDeletionFailed(
                    nodeId,
                    workspaceId,
                    operation.id(),
                    formerStatus(),
                    failure.step(),
                    failure.code(),
                    failure.reason(),
                    at));
        }
    }

    /** There is a way back only to a node that was well, and none once its Kubernetes node is gone. */
    private boolean canBeUndone(Step step) {
        return operation.type() == OperationType.PROVISION
                || ((step == Step.CORDON || step == Step.DRAIN) && formerStatus() != NodeStatus.ERROR);
    }

    /** A node whose provisioning was pre-empted has no former status that it could return to. */
    private NodeStatus formerStatus() {
        if (state instanceof NodeState.Deleting deleting) {
            return switch (deleting.former()) {
                case RUNNING, STOPPED -> deleting.former();
                default -> NodeStatus.ERROR;
            };
        }
        return NodeStatus.ERROR;
    }

    private NodeNeedsAttention attention(Step step, String code, String reason) {
        return new NodeNeedsAttention(nodeId, workspaceId, operation.id(), step, code, reason, at);
    }
}
