package io.nodeledger.model.node;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
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
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.SettingsAnswer;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.stream.StreamTime;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A dedicated node: one mutating operation at a time, and only legal transitions between its states. */
@Revision("7")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
public class Node {
    /** Absent until the first event: the framework takes any other value for the stream's name. */
    @AggregateIdentifier
    @SuppressWarnings("unused") // the repository reads it
    private @Nullable String streamId;

    private NodeSnapshot node = NodeSnapshot.NONE;
    private StreamTime time = StreamTime.NONE;

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
        return answer(new Deletion(node, time.next(command.at())).of(command));
    }

    /** Deletes the node for its transition. */
    @CommandHandler
    public DeletionAnswer handle(DeleteTransitionNode command) {
        return answer(new Deletion(node, time.next(command.at())).of(command));
    }

    /** Belongs to a transition from now on, unless something runs. */
    @CommandHandler
    public MembershipAnswer handle(JoinTransition command) {
        return answer(new Membership(node, time.next(command.at())).of(command));
    }

    /** Is its users' again. */
    @CommandHandler
    public MembershipAnswer handle(LeaveTransition command) {
        return answer(new Membership(node, time.next(command.at())).of(command));
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
        Optional<Refusal> refusal = node.refusalOf(command.workspaceId(), command.condition());
        if (refusal.isPresent()) {
            return new SettingsAnswer.Refused(refusal.get());
        }
        if (!node.thresholds().equals(command.thresholds())) {
            apply(new NodeThresholdsChanged(
                    node.id(), node.workspaceId(), command.thresholds(), time.next(command.at())));
        }
        return new SettingsAnswer.Settled(getVersion());
    }

    /** Calls the running operation off, if it can still be undone. */
    @CommandHandler
    public OperationAnswer handle(CancelOperation command) {
        return answer(new Cancellation(node, time.next(command.at())).of(command));
    }

    /**
     * Begins what the command asks for, or says why not.
     *
     * @param workspaceSays why the workspace can't have what the node could begin
     */
    OperationAnswer begin(Begin command, Optional<Refusal> workspaceSays) {
        var decided = new OperationRequest(node, time.next(command.at())).of(command);
        return !decided.events().isEmpty() && workspaceSays.isPresent()
                ? new OperationAnswer.Refused(workspaceSays.get())
                : answer(decided);
    }

    /** What was agreed for the node when it was provisioned. */
    NodeTerms terms() {
        return node.terms();
    }

    /**
     * Takes the outcome of a step.
     *
     * @return whether it was recorded, and what follows from it for the workspace
     */
    Recorded record(RecordOutcome command) {
        return answer(StepConsequences.of(node, command, time.next(command.at())));
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
        var seen = new ObservationConsequences(node, time.next(command.at()));
        Optional<NodeEvent> event = seen.of(command.observation());
        event.ifPresent(happened -> apply(happened));
        return event;
    }

    private static <A> A answer(Decision<A> decided) {
        decided.events().forEach(event -> apply(event));
        return decided.answer().apply(getVersion());
    }

    @EventSourcingHandler
    void on(NodeEvent event, @SequenceNumber long sequence) {
        streamId = event.nodeId();
        node = node.after(event, sequence);
        time = new StreamTime(event.effectiveAt());
    }
}
