package io.nodeledger.events.transition;

import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What a transition can be told. */
public sealed interface TransitionCommand {
    /** The transition concerned. */
    String transitionId();

    /** The workspace that the sender believes it to be of. */
    String workspaceId();

    /** When the sender decided, in milliseconds. */
    Instant at();

    /** Set the window anew, before it has opened or in a pause. Answers {@link TransitionAnswer}. */
    record ChangeWindow(
            @TargetAggregateIdentifier String transitionId, String workspaceId, MaintenanceWindow window, Instant at)
            implements TransitionCommand {}

    /** Undo what was done. Answers {@link TransitionAnswer}. */
    record CancelTransition(@TargetAggregateIdentifier String transitionId, String workspaceId, Instant at)
            implements TransitionCommand {}

    /**
     * Take what came of working on it. An outcome of a stage that is over is a no-op. Answers whether it was recorded.
     *
     * @param stage what was worked on
     */
    record RecordTransition(
            @TargetAggregateIdentifier String transitionId,
            String workspaceId,
            TransitionStage stage,
            TransitionOutcome outcome,
            Instant at)
            implements TransitionCommand {}
}
