package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.TransitionCancelled;
import io.nodeledger.events.transition.TransitionEvent.TransitionCompleted;
import io.nodeledger.events.transition.TransitionEvent.TransitionFailed;
import java.time.InstantSource;
import org.axonframework.eventhandling.EventHandler;

/** Keeps which transitions there is something to do for, in one transaction with its token. */
final class TransitionIntake {
    private final RunningTransitions running;
    private final InstantSource clock;

    TransitionIntake(RunningTransitions running, InstantSource clock) {
        this.running = running;
        this.clock = clock;
    }

    @EventHandler
    void on(TransitionEvent event) {
        switch (event) {
            case TransitionCompleted _, TransitionFailed _, TransitionCancelled _ ->
                running.forget(event.transitionId());
            default -> running.due(event.transitionId(), event.workspaceId(), clock.instant());
        }
    }
}
