package io.nodeledger.model.node;

import static io.nodeledger.events.refusal.Refusal.NotFound;
import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A dedicated node: one mutating operation at a time, and only legal transitions between its states. */
@Revision("2")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
public class Node {
    /** Absent until the first event: the framework takes any other value for the stream's name. */
    @AggregateIdentifier
    @SuppressWarnings("unused") // the repository reads it
    private @Nullable String streamId;

    private String nodeId = "";
    private String workspaceId = "";
    private String name = "";
    private NodeState state = new NodeState.Deleted();
    private Footprint footprint = Footprint.NONE;
    private Instant lastEventAt = Instant.MIN;

    /** For the repository, which replays the stream into it. */
    protected Node() {}

    /** A node that was admitted to its workspace. */
    public Node(NodeProvisioningStarted admitted) {
        apply(admitted);
    }

    /** Begins, repeats or forces the deletion; pre-empts a running provisioning. */
    @CommandHandler
    public DeletionAnswer handle(DeleteNode command) {
        if (!workspaceId.equals(command.workspaceId())) {
            return new DeletionAnswer.Refused(new NotFound("node", nodeId));
        }
        return switch (state) {
            case NodeState.Deleted _ -> new DeletionAnswer.Refused(new NotFound("node", nodeId));
            case NodeState.Deleting deleting -> {
                String taskId = deleting.operation().id();
                boolean force = deleting.force() || command.force();
                if (force && !deleting.force()) {
                    apply(new NodeDeletionForced(nodeId, workspaceId, taskId, next(command.at())));
                }
                yield new DeletionAnswer.Deleting(taskId, deleting.willDrain() && !force, getVersion());
            }
            case NodeState.Provisioning(var operation) -> {
                apply(new OperationCancelled(
                        nodeId,
                        workspaceId,
                        operation.id(),
                        operation.type(),
                        "The node is being deleted.",
                        next(command.at())));
                yield beginDeletion(command);
            }
            case NodeState.Running _, NodeState.Stopped _, NodeState.InError _ -> beginDeletion(command);
        };
    }

    private DeletionAnswer beginDeletion(DeleteNode command) {
        boolean drains = state instanceof NodeState.Running && !command.force();
        long drainSeconds = drains ? command.drainTimeoutSeconds() : 0;
        Instant at = next(command.at());
        apply(new NodeDeletionStarted(
                nodeId,
                workspaceId,
                command.taskId(),
                state.status(),
                command.force(),
                command.drainTimeoutSeconds(),
                at.plusSeconds(command.estimatedSeconds() + drainSeconds),
                at));
        return new DeletionAnswer.Deleting(command.taskId(), drains, getVersion());
    }

    /**
     * Takes the outcome of a step.
     *
     * @return whether it was recorded, and what follows from it for the workspace
     */
    Recorded record(RecordOutcome command) {
        OperationProgress operation = switch (state) {
            case NodeState.Provisioning(var running) -> running;
            case NodeState.Deleting deleting -> deleting.operation();
            case NodeState.Running _, NodeState.Stopped _, NodeState.InError _, NodeState.Deleted _ -> null;
        };
        if (operation == null || !operation.id().equals(command.operationId())) {
            return Recorded.nothing(OutcomeAnswer.OPERATION_ENDED);
        }
        if (!operation.expects(command.step()) || operation.round() != command.round()) {
            return Recorded.nothing(OutcomeAnswer.ALREADY_RECORDED);
        }
        var consequences = new StepConsequences(nodeId, workspaceId, name, state, operation, next(command.at()));
        consequences.of(command).forEach(event -> apply(event));
        return consequences.recorded();
    }

    /**
     * Takes what was seen outside. Whoever looked has judged by the stream as it was then, so it counts only as long as
     * nothing was added.
     *
     * @return the event that it led to, if any
     */
    Optional<NodeEvent> record(RecordObservation command) {
        if (command.sequence() != getVersion()) {
            return Optional.empty();
        }
        var seen = new ObservationConsequences(nodeId, workspaceId, state, footprint, next(command.at()));
        Optional<NodeEvent> event = seen.of(command.observation());
        event.ifPresent(happened -> apply(happened));
        return event;
    }

    @EventSourcingHandler
    void on(NodeEvent event) {
        if (event instanceof NodeProvisioningStarted started) {
            streamId = started.nodeId();
            nodeId = started.nodeId();
            workspaceId = started.workspaceId();
            name = started.name();
            state = NodeEvolution.after(null, event, footprint);
        } else {
            footprint = footprint.after(event);
            state = NodeEvolution.after(state, event, footprint);
        }
        lastEventAt = event.effectiveAt();
    }

    private Instant next(Instant at) {
        Instant wished = at.truncatedTo(ChronoUnit.MILLIS);
        return wished.isBefore(lastEventAt) ? lastEventAt : wished;
    }
}
