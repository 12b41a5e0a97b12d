package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.BackupStarted;
import io.nodeledger.events.transition.TransitionEvent.DedicatedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.MigrationStarted;
import io.nodeledger.events.transition.TransitionEvent.NodeBackedUp;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeDrained;
import io.nodeledger.events.transition.TransitionEvent.TransitionResumed;
import io.nodeledger.events.transition.TransitionEvent.WorkloadsMoved;
import io.nodeledger.provisioner.reconciliation.OperationDurations;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Keeps how long the parts of transitions take; estimates are made of them. */
final class PartDurations {
    private final OperationDurations durations;

    PartDurations(OperationDurations durations) {
        this.durations = durations;
    }

    /**
     * Keeps the duration of the part that ends with the last event, if one does.
     *
     * @param stream all of the transition's events up to it
     */
    void keep(List<TransitionEvent> stream) {
        switch (stream.getLast()) {
            case NodeBackedUp e ->
                since(
                        "TRANSITION_BACKUP",
                        stream,
                        event -> event instanceof BackupStarted begun
                                && begun.nodeId().equals(e.nodeId()));
            case TransitionNodeDrained _
            when isRolling(stream.getFirst()) ->
                since(
                        "TRANSITION_DRAIN",
                        stream,
                        event -> event instanceof MigrationStarted
                                || event instanceof NodeBackedUp
                                || event instanceof TransitionNodeDrained
                                || event instanceof TransitionResumed);
            case WorkloadsMoved _
            when stream.getFirst() instanceof DedicatedTransitionStarted ->
                since("TRANSITION_MIGRATE", stream, MigrationStarted.class::isInstance);
            default -> {}
        }
    }

    /** Nodes that are emptied side by side say nothing of how long one takes. */
    private static boolean isRolling(TransitionEvent first) {
        return first instanceof SharedTransitionScheduled scheduled
                && scheduled.strategy() == MigrationStrategy.ROLLING;
    }

    private void since(String kind, List<TransitionEvent> stream, Predicate<TransitionEvent> begins) {
        stream.subList(0, stream.size() - 1).reversed().stream()
                .filter(begins)
                .findFirst()
                .ifPresent(begun -> durations.keep(
                        kind,
                        Duration.between(begun.effectiveAt(), stream.getLast().effectiveAt())));
    }
}
