package io.nodeledger.model.node;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
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
record Deletion(String nodeId, String workspaceId, NodeState state, Marks formerMarks, long version, Instant at) {
    /** What is decided. */
    sealed interface Decision {
        /** What it leads to. */
        List<NodeEvent> events();

        /** What the caller is told once the events are in the stream, whose last one has that sequence. */
        DeletionAnswer answer(long sequence);
    }

    /** It can't be. */
    record No(Refusal refusal) implements Decision {
        @Override
        public List<NodeEvent> events() {
            return List.of();
        }

        @Override
        public DeletionAnswer answer(long sequence) {
            return new DeletionAnswer.Refused(refusal);
        }
    }

    /** The node goes, whether it went already or not. */
    record Going(String taskId, boolean drains, List<NodeEvent> events) implements Decision {
        @Override
        public DeletionAnswer answer(long sequence) {
            return new DeletionAnswer.Deleting(taskId, drains, sequence);
        }
    }

    Decision of(DeleteNode command) {
        if (state instanceof NodeState.Deleted || !workspaceId.equals(command.workspaceId())) {
            return new No(new NotFound("node", nodeId));
        }
        if (state instanceof NodeState.Deleting deleting) {
            return repeated(deleting, command);
        }
        if (!command.condition().admits(version)) {
            return new No(new PreconditionFailed(nodeId));
        }
        return begun(command);
    }

    /** A repeat is told of the deletion that runs, whatever version it believes the node to have; force is no repeat. */
    private Decision repeated(NodeState.Deleting deleting, DeleteNode command) {
        String taskId = deleting.operation().id();
        boolean force = deleting.force() || command.force();
        if (!force && deleting.operation().cancelled()) {
            return new No(new OperationInProgress(taskId));
        }
        boolean drains = deleting.willDrain() && !force;
        if (!force || deleting.force()) {
            return new Going(taskId, drains, List.of());
        }
        return command.condition().admits(version)
                ? new Going(taskId, drains, List.of(new NodeDeletionForced(nodeId, workspaceId, taskId, at)))
                : new No(new PreconditionFailed(nodeId));
    }

    private Decision begun(DeleteNode command) {
        var started = new NodeDeletionStarted(
                nodeId,
                workspaceId,
                command.taskId(),
                state.status(),
                command.force(),
                command.drainTimeoutSeconds(),
                at.plusSeconds(command.estimatedSeconds()),
                at);
        return new Going(
                command.taskId(),
                NodeState.MAY_HAVE_WORKLOADS.contains(state.status()) && !command.force(),
                Stream.concat(state.running().map(this::preempted).stream(), Stream.of(started))
                        .toList());
    }

    /** Labels that were on their way are not the node's: it may live on. */
    private NodeEvent preempted(OperationProgress operation) {
        String reason = "The node is being deleted.";
        return operation.type() == OperationType.UPDATE
                ? new NodeUpdateFailed(
                        nodeId,
                        workspaceId,
                        operation.id(),
                        formerMarks.labels(),
                        formerMarks.taints(),
                        Step.RELABEL,
                        CancellationRequested.CODE,
                        reason,
                        at)
                : new OperationCancelled(nodeId, workspaceId, operation.id(), operation.type(), reason, at);
    }
}
