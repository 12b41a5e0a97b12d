package io.nodeledger.query.transition;

import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a transition was at which of its stages. A pause is time of the stage that it interrupts.
 *
 * @param spans of stages that it came to
 */
record StageTimes(Map<TransitionStage, Span> spans) {
    /** Of rows that were written before anybody kept it. */
    static final StageTimes UNKNOWN = new StageTimes(Map.of());

    StageTimes {
        spans = Map.copyOf(spans);
    }

    /**
     * The time of a stage. One that is gone through again, as backups are after a pause, began when it was first come to.
     *
     * @param finishedAt null as long as it is at it
     */
    record Span(Instant startedAt, @Nullable Instant finishedAt) {}

    static StageTimes begun(TransitionRecord transition) {
        return new StageTimes(
                Map.of(stage(transition), new Span(transition.times().createdAt(), null)));
    }

    Optional<Span> of(TransitionStage stage) {
        return Optional.ofNullable(spans.get(stage));
    }

    StageTimes after(TransitionRecord before, TransitionRecord next, Instant at) {
        TransitionStage left = stage(before);
        TransitionStage reached = stage(next);
        if (left == reached) {
            return this;
        }
        var known = new EnumMap<TransitionStage, Span>(TransitionStage.class);
        known.putAll(spans);
        known.computeIfPresent(left, (_, span) -> new Span(span.startedAt(), at));
        known.compute(reached, (_, span) -> new Span(span == null ? at : span.startedAt(), null));
        return new StageTimes(known);
    }

    private static TransitionStage stage(TransitionRecord transition) {
        return transition.failure() == null
                ? transition.reached()
                : transition.stage().orElse(TransitionStage.CONCLUDE);
    }
}
