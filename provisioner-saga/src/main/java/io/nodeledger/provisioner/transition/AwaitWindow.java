package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Waits for a window that leaves time enough, for the first one or, after a pause, for another. */
final class AwaitWindow implements StageWork {
    /** A clock may be set, so nobody sleeps for days. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(30);

    private final Duration windowWait;

    AwaitWindow(Duration windowWait) {
        this.windowWait = windowWait;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.AWAIT_WINDOW);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) {
        Instant now = turn.now();
        MaintenanceWindow window = transition.window();
        if (window == null || window.leaves(Duration.ofSeconds(transition.secondsToGetOn()), now)) {
            turn.record(new TransitionOutcome.WindowOpened(window));
            return ON;
        }
        Instant until = transition.pausedUntil();
        if (until != null && !now.isBefore(until)) {
            turn.record(new TransitionOutcome.WindowExpired(window));
            return ON;
        }
        if (now.isBefore(window.start())) {
            return atMost(Duration.between(now, window.start()));
        }
        if (until == null) {
            turn.record(new TransitionOutcome.WindowMissed(
                    window,
                    "The window was missed: there is too little time left until it closes.",
                    now.plus(windowWait)));
            return ON;
        }
        return atMost(Duration.between(now, until));
    }

    private static Duration atMost(Duration pause) {
        return pause.compareTo(LONGEST_SLEEP) < 0 ? pause : LONGEST_SLEEP;
    }
}
