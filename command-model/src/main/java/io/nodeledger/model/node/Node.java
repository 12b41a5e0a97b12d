package io.nodeledger.model.node;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.HealthEvent;
import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.node.MembershipEvent.TransitionLeft;
import io.nodeledger.events.node.NodeCommand.Begin;
import io.nodeledger.events.node.NodeCommand.CancelOperation;
import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.DeleteTransitionNode;
import io.nodeledger.events.node.NodeCommand.JoinTransition;
import io.nodeledger.events.node.NodeCommand.LeaveTransition;
import io.nodeledger.events.node.NodeCommand.RebootNode;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeCommand.SetNodeThresholds;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.NodeVersion;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.SettingsAnswer;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.refusal.Refusal.NotFound;
import io.nodeledger.events.refusal.Refusal.OperationInProgress;
import io.nodeledger.events.refusal.Refusal.PreconditionFailed;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A dedicated node: one mutating operation at a time, and only legal transitions between its states. */
@Revision("6")
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
    private NodeTerms terms = NodeTerms.NONE;
    private Marks marks = Marks.NONE;
    private Marks formerMarks = Marks.NONE;
    private Incidents incidents = Incidents.NONE;
    /** The transition that alone may begin anything on the node; null when anybody may. */
    private @Nullable String transitionId;

    private Thresholds thresholds = Thresholds.NONE;
    private long version;
    private Instant lastEventAt = Instant.MIN;

    /** For the repository, which replays the stream into it. */
    protected Node() {}

    /** A node that was admitted to its workspace. */
    public Node(NodeProvisioningStarted admitted) {
        apply(admitted);
    }

    /** A node that was admitted to its workspace for a transition. */
    public Node(NodeProvisioningStarted admitted, String transition) {
        apply(admitted);
        apply(new TransitionJoined(admitted.nodeId(), admitted.workspaceId(), transition, admitted.effectiveAt()));
    }

    /** Begins, repeats or forces the deletion; pre-empts every other operation, but not a transition. */
    @CommandHandler
    public DeletionAnswer handle(DeleteNode command) {
        if (transitionId != null && workspaceId.equals(command.workspaceId())) {
            return new DeletionAnswer.Refused(new OperationInProgress(transitionId));
        }
        return delete(command);
    }

    /** Deletes the node for its transition. */
    @CommandHandler
    public DeletionAnswer handle(DeleteTransitionNode command) {
        if (!command.transitionId().equals(transitionId)) {
            return new DeletionAnswer.Refused(new NotFound("node", nodeId));
        }
        return delete(new DeleteNode(
                nodeId,
                command.workspaceId(),
                command.taskId(),
                false,
                command.drainTimeoutSeconds(),
                command.estimatedSeconds(),
                command.at()));
    }

    /** Belongs to a transition from now on, unless something runs. */
    @CommandHandler
    public MembershipAnswer handle(JoinTransition command) {
        if (state instanceof NodeState.Deleted || !workspaceId.equals(command.workspaceId())) {
            return new MembershipAnswer.NoMember();
        }
        if (transitionId != null && !transitionId.equals(command.transitionId())) {
            return new MembershipAnswer.Busy(transitionId);
        }
        if (transitionId == null) {
            Optional<OperationProgress> operation = state.running();
            if (operation.isPresent()) {
                return new MembershipAnswer.Busy(operation.get().id());
            }
            apply(new TransitionJoined(nodeId, workspaceId, command.transitionId(), next(command.at())));
        }
        return new MembershipAnswer.Member(
                new TransitionNode(nodeId, name, terms.planId(), terms.region(), terms.hourlyRate()));
    }

    /** Is its users' again. */
    @CommandHandler
    public MembershipAnswer handle(LeaveTransition command) {
        if (command.transitionId().equals(transitionId)) {
            apply(new TransitionLeft(nodeId, workspaceId, command.transitionId(), next(command.at())));
        }
        return new MembershipAnswer.NoMember();
    }

    private DeletionAnswer delete(DeleteNode command) {
        var deletion = new Deletion(nodeId, workspaceId, state, formerMarks, version, next(command.at()));
        Deletion.Decision decided = deletion.of(command);
        decided.events().forEach(event -> apply(event));
        return decided.answer(getVersion());
    }

    /** Stops the node. */
    @CommandHandler
    public OperationAnswer handle(StopNode command) {
        return begin(command, Optional.empty());
    }

    /** Reboots the node. */
    @CommandHandler
    public OperationAnswer handle(RebootNode command) {
        return begin(command, Optional.empty());
    }

    /** Changes labels and taints. */
    @CommandHandler
    public OperationAnswer handle(UpdateNode command) {
        return begin(command, Optional.empty());
    }

    /** Sets the node's own thresholds: no operation, and possible beside one. The same again is no event. */
    @CommandHandler
    public SettingsAnswer handle(SetNodeThresholds command) {
        if (state instanceof NodeState.Deleted || !workspaceId.equals(command.workspaceId())) {
            return new SettingsAnswer.Refused(new NotFound("node", nodeId));
        }
        if (!command.condition().admits(version)) {
            return new SettingsAnswer.Refused(new PreconditionFailed(nodeId));
        }
        if (!thresholds.equals(command.thresholds())) {
            apply(new NodeThresholdsChanged(nodeId, workspaceId, command.thresholds(), next(command.at())));
        }
        return new SettingsAnswer.Settled(getVersion());
    }

    /** Calls the running operation off, if it can still be undone. */
    @CommandHandler
    public OperationAnswer handle(CancelOperation command) {
        if (!workspaceId.equals(command.workspaceId())) {
            return new OperationAnswer.Refused(new NotFound("operation", command.operationId()));
        }
        if (transitionId != null) {
            return new OperationAnswer.Refused(new OperationInProgress(transitionId));
        }
        var cancellation = new Cancellation(nodeId, workspaceId, state, next(command.at()));
        return answer(cancellation.of(command.operationId()));
    }

    /**
     * Begins what the command asks for, or says why not.
     *
     * @param workspaceSays why the workspace can't have what the node could begin
     */
    OperationAnswer begin(Begin command, Optional<Refusal> workspaceSays) {
        var request = new OperationRequest(
                nodeId, workspaceId, state, transitionId, marks, terms, version, next(command.at()));
        OperationRequest.Answer decided = request.answer(command);
        return decided.event().isPresent() && workspaceSays.isPresent()
                ? new OperationAnswer.Refused(workspaceSays.get())
                : answer(decided);
    }

    /** What was agreed for the node when it was provisioned. */
    NodeTerms terms() {
        return terms;
    }

    private OperationAnswer answer(OperationRequest.Answer decided) {
        decided.event().ifPresent(event -> apply(event));
        return decided.answer(getVersion());
    }

    /**
     * Takes the outcome of a step.
     *
     * @return whether it was recorded, and what follows from it for the workspace
     */
    Recorded record(RecordOutcome command) {
        OperationProgress operation = state.running().orElse(null);
        if (operation == null || !operation.id().equals(command.operationId())) {
            return Recorded.nothing(OutcomeAnswer.OPERATION_ENDED);
        }
        if (!operation.expects(command.step()) || operation.round() != command.round()) {
            return Recorded.nothing(OutcomeAnswer.ALREADY_RECORDED);
        }
        var consequences = new StepConsequences(
                nodeId,
                workspaceId,
                name,
                state,
                operation,
                footprint.kubernetes() != null,
                formerMarks,
                next(command.at()));
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
        var seen = new ObservationConsequences(nodeId, workspaceId, state, footprint, incidents, next(command.at()));
        Optional<NodeEvent> event = seen.of(command.observation());
        event.ifPresent(happened -> apply(happened));
        return event;
    }

    @EventSourcingHandler
    void on(NodeEvent event, @SequenceNumber long sequence) {
        if (event instanceof NodeProvisioningStarted started) {
            streamId = started.nodeId();
            nodeId = started.nodeId();
            workspaceId = started.workspaceId();
            name = started.name();
            terms = NodeTerms.of(started);
            state = NodeEvolution.after(null, event, footprint);
        } else {
            footprint = footprint.after(event);
            state = NodeEvolution.after(state, event, footprint);
        }
        remember(event);
        if (NodeVersion.begins(event)) {
            version = sequence;
        }
        lastEventAt = event.effectiveAt();
    }

    private void remember(NodeEvent event) {
        switch (event) {
            case NodeProvisioningStarted e -> marks = new Marks(e.labels(), e.taints());
            case NodeUpdateStarted e -> {
                formerMarks = marks;
                marks = new Marks(e.labels(), e.taints());
            }
            case NodeUpdateFailed e -> marks = new Marks(e.labels(), e.taints());
            case HealthEvent e -> incidents = incidents.after(e);
            case NodeThresholdsChanged e -> thresholds = e.thresholds();
            case TransitionJoined e -> transitionId = e.transitionId();
            case TransitionLeft _, NodeDeleted _ -> transitionId = null;
            default -> {}
        }
        if (state.status() != NodeStatus.RUNNING) {
            incidents = Incidents.NONE;
        }
    }

    private Instant next(Instant at) {
        Instant wished = at.truncatedTo(ChronoUnit.MILLIS);
        return wished.isBefore(lastEventAt) ? lastEventAt : wished;
    }
}
