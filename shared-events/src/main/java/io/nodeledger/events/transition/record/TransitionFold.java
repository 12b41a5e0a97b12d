package io.nodeledger.events.transition.record;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.DedicatedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord.Plan;
import io.nodeledger.events.transition.record.TransitionRecord.Times;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds a transition's stream into its record. */
public final class TransitionFold {
    private TransitionFold() {}

    /**
     * The record after an event.
     *
     * @param before the record before it, null when there was none
     * @throws IllegalStateException when the event can't follow the record: the log and the fold disagree
     */
    public static TransitionRecord after(@Nullable TransitionRecord before, TransitionEvent event) {
        if (before == null) {
            return switch (event) {
                case DedicatedTransitionStarted e -> begin(e);
                case SharedTransitionScheduled e -> begin(e);
                default -> throw new IllegalStateException(event + " is no beginning of a transition");
            };
        }
        if (before.ended() != null) {
            throw new IllegalStateException(event + " follows the end of its transition");
        }
        return new Draft(before).after(event).build(event.effectiveAt());
    }

    private static TransitionRecord begin(DedicatedTransitionStarted e) {
        long seconds = Duration.between(e.effectiveAt(), e.estimatedEndAt()).toSeconds();
        return new TransitionRecord(
                new Plan(
                        e.transitionId(),
                        e.workspaceId(),
                        e.namespace(),
                        Placement.DEDICATED,
                        e.strategy(),
                        false,
                        e.region(),
                        e.planId(),
                        seconds,
                        e.durations() == null ? TransitionDurations.USUAL : e.durations()),
                null,
                e.nodes().stream()
                        .map(node -> Member.of(node, Progress.PROVISIONING))
                        .toList(),
                Set.of(Milestone.RESERVED),
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                new Times(e.effectiveAt(), e.effectiveAt(), null, null, e.effectiveAt()));
    }

    private static TransitionRecord begin(SharedTransitionScheduled e) {
        return new TransitionRecord(
                new Plan(
                        e.transitionId(),
                        e.workspaceId(),
                        e.namespace(),
                        Placement.SHARED,
                        e.strategy(),
                        e.backup(),
                        null,
                        null,
                        e.estimatedSeconds(),
                        durations(e)),
                e.window(),
                e.nodes().stream().map(Member::waiting).toList(),
                Set.of(),
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                new Times(e.effectiveAt(), null, null, null, e.effectiveAt()));
    }

    /** Those that say nothing else tell how long a node takes. */
    private static TransitionDurations durations(SharedTransitionScheduled e) {
        TransitionDurations known = e.durations();
        var usual = TransitionDurations.USUAL;
        return known != null
                ? known
                : new TransitionDurations(
                        usual.provision(),
                        usual.migrate(),
                        e.strategy() == MigrationStrategy.BLUE_GREEN ? e.nodeSeconds() / 2 : e.nodeSeconds(),
                        usual.backup());
    }
}
