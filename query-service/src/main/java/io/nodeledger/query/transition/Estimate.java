package io.nodeledger.query.transition;

import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a transition is where it was to, as far as what took how long of late tells.
 *
 * @param nodes how many it has
 */
record Estimate(TransitionRecord transition, int nodes, TransitionDurations durations, Instant now) {
    /** How long all of it takes; once it has ended, what was expected when it began. */
    long seconds() {
        var plan = transition.plan();
        if (transition.ended() != null) {
            return plan.estimatedSeconds();
        }
        return seconds(nodes);
    }

    /** When workloads run where they were to, of which after a pause only what is left counts; never in the past. */
    Instant end() {
        Instant end = expected();
        return end.isBefore(now) ? now : end;
    }

    /** When the nodes are ready that are made for it; never in the past. */
    Instant ready() {
        Instant ready = transition.times().createdAt().plusSeconds(durations.provision());
        return ready.isBefore(now) ? now : ready;
    }

    /** The end of one that waits for its first window or is under way; none in a pause, nor of one that is undone or has ended. */
    @Nullable
    Instant completion() {
        boolean gets = transition.ended() == null && transition.failure() == null && transition.pausedUntil() == null;
        return gets ? end() : null;
    }

    private Instant expected() {
        var window = transition.window();
        var resumption = transition.resumption();
        Instant started = transition.times().startedAt();
        if (window != null && transition.pausedUntil() != null) {
            // A window that was missed stays until there is another one, of which nobody knows when it will be.
            Instant start = window.start().isBefore(now) ? now : window.start();
            return start.plusSeconds(started == null ? seconds() : transition.secondsLeft(durations));
        }
        if (resumption != null) {
            return resumption.at().plusSeconds(seconds(resumption.nodes()));
        }
        if (started != null) {
            return started.plusSeconds(seconds());
        }
        Instant begins = window == null ? transition.times().createdAt() : window.start();
        return begins.plusSeconds(seconds());
    }

    private long seconds(int ofNodes) {
        var plan = transition.plan();
        return transition.toDedicated()
                ? durations.toDedicated()
                : durations.toShared(plan.strategy(), plan.backup() ? ofNodes : 0, ofNodes);
    }
}
