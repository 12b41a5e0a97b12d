package io.nodeledger.model.transition;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.refusal.Refusal.NotFound;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.transition.TransitionCommand.ChangeWindow;
import io.nodeledger.events.transition.TransitionCommand.RecordTransition;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionEvent.WindowChanged;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.model.stream.StreamTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** The move of a workspace to nodes of its own, or away from them: fully done or fully undone. */
@Revision("3")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
public class PlanTransition {
    @AggregateIdentifier
    @SuppressWarnings("unused") // the repository reads it
    private @Nullable String transitionId;

    private @Nullable TransitionRecord record;
    private StreamTime time = StreamTime.NONE;

    /** For the repository, which replays the stream into it. */
    protected PlanTransition() {}

    /** A transition that its workspace has admitted. */
    public PlanTransition(TransitionEvent begins) {
        apply(begins);
    }

    /** Sets the window anew, of one that waits for it. */
    @CommandHandler
    public TransitionAnswer handle(ChangeWindow command) {
        if (!workspaceId().equals(command.workspaceId())) {
            return no(new NotFound("transition", current().id()));
        }
        if (current().toDedicated() || !current().stage().equals(Optional.of(TransitionStage.AWAIT_WINDOW))) {
            return no(new Refusal.InvalidState(
                    current().status().word(),
                    List.of(TransitionStatus.SCHEDULED.word()),
                    ": the window can be changed as long as the transition waits for it"));
        }
        long needed = current().secondsLeft();
        MaintenanceWindow window = command.window();
        if (window.length().toSeconds() < needed) {
            return no(new Refusal.WindowTooShort(window.length().toSeconds(), needed));
        }
        Instant until = current().pausedUntil();
        if (until != null && window.start().isAfter(until)) {
            return no(new Refusal.WindowTooLate(until));
        }
        if (!window.equals(current().window())) {
            apply(new WindowChanged(current().id(), workspaceId(), window, time.next(command.at())));
        }
        return accepted();
    }

    /** Undoes what was done, where that is possible. The same again changes nothing. */
    @CommandHandler
    public TransitionAnswer handle(CancelTransition command) {
        if (!workspaceId().equals(command.workspaceId())) {
            return no(new NotFound("transition", current().id()));
        }
        if (current().cancelled()) {
            return accepted();
        }
        if (!current().canBeCancelled()) {
            return no(new Refusal.NotCancellable(
                    current().stage().map(TransitionStage::word).orElse("ended")));
        }
        apply(new TransitionTurnedBack(
                current().id(),
                workspaceId(),
                TransitionTurnedBack.CANCELLED,
                "The transition was called off.",
                time.next(command.at())));
        return accepted();
    }

    /**
     * Takes what came of working on it.
     *
     * @param consequences what it leads to
     * @return whether anything was recorded
     */
    boolean record(RecordTransition command, OutcomeConsequences consequences) {
        List<TransitionEvent> events = consequences.of(current(), command, time.next(command.at()));
        events.forEach(event -> apply(event));
        return !events.isEmpty();
    }

    TransitionRecord current() {
        return Objects.requireNonNull(record, "A transition has begun before it is asked");
    }

    private String workspaceId() {
        return current().plan().workspaceId();
    }

    private TransitionAnswer accepted() {
        return new TransitionAnswer.Accepted(current(), getVersion());
    }

    private static TransitionAnswer no(Refusal refusal) {
        return new TransitionAnswer.Refused(refusal);
    }

    @EventSourcingHandler
    void on(TransitionEvent event) {
        transitionId = event.transitionId();
        record = TransitionFold.after(record, event);
        time = new StreamTime(event.effectiveAt());
    }
}
