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
        return transition.toDedicated()
                ? durations.toDedicated()
                : durations.toShared(plan.strategy(), plan.backup() ? nodes : 0, nodes);
    }

    /** When it begins or began. */
    Instant start() {
        var window = transition.window();
        var times = transition.times();
        Instant started = times.startedAt();
        if (started != null) {
            return started;
        }
        return window == null ? times.createdAt() : window.start();
    }

    /** When workloads run where they were to, of which after a pause only what is left counts; never in the past. */
    Instant end() {
        Instant end = transition.resumed() == 0
                ? start().plusSeconds(seconds())
                : transition.times().updatedAt().plusSeconds(transition.secondsLeft(durations));
        return end.isBefore(now) ? now : end;
    }

    /** The end of one that is under way towards it. */
    @Nullable
    Instant completion() {
        boolean gets = transition.ended() == null && transition.failure() == null && transition.pausedUntil() == null;
        return gets && transition.times().startedAt() != null ? end() : null;
    }
}
