package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.util.Set;

/** Switches the workspace's placement, and ends transitions that are done or undone. */
final class Conclude implements StageWork {
    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.SWITCH, TransitionStage.CONCLUDE);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) {
        boolean ends =
                transition.stage().filter(TransitionStage.CONCLUDE::equals).isPresent();
        turn.record(ends ? new TransitionOutcome.Concluded() : new TransitionOutcome.Switch());
        return ON;
    }
}
