package io.nodeledger.events.external;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.LifecycleNotice.Actor;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a transition, as consumers get it, version 1. Fields may be added; none changes its meaning or goes.
 *
 * @param transition what it is
 * @param workspaceId the workspace that moves
 * @param before its status before the event; none when it is the first
 * @param after its status after the event
 * @param actor who caused it
 * @param requestId what began it all
 * @param details what else there is to say, by type
 */
public record TransitionNotice(
        Subject transition,
        String workspaceId,
        @Nullable Status before,
        Status after,
        Actor actor,
        String requestId,
        Map<String, Object> details) {

    /**
     * What identifies a transition to a consumer.
     *
     * @param type {@code dedicated} or {@code shared}: where the workspace moves
     */
    public record Subject(String id, String type, String strategy) {
        static Subject of(TransitionRecord transition) {
            var plan = transition.plan();
            return new Subject(plan.id(), plan.target().word(), plan.strategy().word());
        }
    }

    /** A transition's status. */
    public record Status(String status) {
        static Status of(TransitionRecord transition) {
            return new Status(transition.status().word());
        }
    }

    /**
     * The notice of an event that leaves.
     *
     * @param before the transition before it, null when it is the first
     * @param after the transition after it
     */
    public static TransitionNotice of(
            TransitionEvent event, @Nullable TransitionRecord before, TransitionRecord after, Cause cause) {
        return new TransitionNotice(
                Subject.of(after),
                event.workspaceId(),
                before == null ? null : Status.of(before),
                Status.of(after),
                new Actor(cause.actorId(), cause.actorType(), cause.actorRole()),
                cause.requestId(),
                TransitionDetails.of(event));
    }
}
