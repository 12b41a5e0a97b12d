package io.nodeledger.model.node;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.DeleteTransitionNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.refusal.Refusal.NotFound;
import io.nodeledger.events.refusal.Refusal.OperationInProgress;
import io.nodeledger.events.refusal.Refusal.PreconditionFailed;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of the wish to delete a node. It pre-empts every other operation; asked again it is repeated or forced. */
record Deletion(NodeSnapshot node, Instant at) {
    /** For a user, to whom a node of a transition is closed. */
    Decision<DeletionAnswer> of(DeleteNode command) {
        return node.refusalOfUse()
                .filter(_ -> node.isIn(command.workspaceId()))
                .map(Deletion::refused)
                .orElseGet(() -> decided(command));
    }

    /** For the transition that the node belongs to. */
    Decision<DeletionAnswer> of(DeleteTransitionNode command) {
        if (!command.transitionId().equals(node.transitionId())) {
            return refused(new NotFound("node", node.id()));
        }
        return decided(new DeleteNode(
                node.id(),
                command.workspaceId(),
                command.taskId(),
                false,
                command.drainTimeoutSeconds(),
                command.estimatedSeconds(),
                command.at()));
    }

    private Decision<DeletionAnswer> decided(DeleteNode command) {
        if (node.isIn(command.workspaceId()) && node.state() instanceof NodeState.Deleting deleting) {
            return repeated(deleting, command);
        }
        return node.refusalOf(command.workspaceId(), command.condition())
                .map(Deletion::refused)
                .orElseGet(() -> begun(command));
    }

    /** A repeat is told of the deletion that runs, whatever version it believes the node to have; force is no repeat. */
    private Decision<DeletionAnswer> repeated(NodeState.Deleting deleting, DeleteNode command) {
        String taskId = deleting.operation().id();
        boolean force = deleting.force() || command.force();
        if (!force && deleting.operation().cancelled()) {
            return refused(new OperationInProgress(taskId));
        }
        boolean drains = deleting.willDrain() && !force;
        if (!force || deleting.force()) {
            return going(taskId, drains, List.of());
        }
        return command.condition().admits(node.version())
                ? going(taskId, drains, List.of(new NodeDeletionForced(node.id(), node.workspaceId(), taskId, at)))
                : refused(new PreconditionFailed(node.id()));
    }

    private Decision<DeletionAnswer> begun(DeleteNode command) {
        NodeStatus former = node.state().status();
        var started = new NodeDeletionStarted(
                node.id(),
                node.workspaceId(),
                command.taskId(),
                former,
                command.force(),
                command.drainTimeoutSeconds(),
                at.plusSeconds(command.estimatedSeconds()),
                at);
        return going(
                command.taskId(),
                NodeState.MAY_HAVE_WORKLOADS.contains(former) && !command.force(),
                Stream.concat(node.state().running().map(this::preempted).stream(), Stream.of(started))
                        .toList());
    }

    /** Labels that were on their way are not the node's: it may live on. */
    private NodeEvent preempted(OperationProgress operation) {
        String reason = "The node is being deleted.";
        return operation.type() == OperationType.UPDATE
                ? new NodeUpdateFailed(
                        node.id(),
                        node.workspaceId(),
                        operation.id(),
                        node.formerMarks().labels(),
                        node.formerMarks().taints(),
                        Step.RELABEL,
                        CancellationRequested.CODE,
                        reason,
                        at)
                : new OperationCancelled(node.id(), node.workspaceId(), operation.id(), operation.type(), reason, at);
    }

    /** The node goes, whether it went already or not. */
    private static Decision<DeletionAnswer> going(String taskId, boolean drains, List<NodeEvent> events) {
        return new Decision<>(events, sequence -> new DeletionAnswer.Deleting(taskId, drains, sequence));
    }

    private static Decision<DeletionAnswer> refused(Refusal refusal) {
        return Decision.nothing(new DeletionAnswer.Refused(refusal));
    }
}
