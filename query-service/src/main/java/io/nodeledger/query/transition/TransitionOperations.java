package io.nodeledger.query.transition;

import io.nodeledger.query.operation.OperationView;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Finds transitions as operations, with the estimate that they are also shown with by themselves. */
public final class TransitionOperations {
    private final TransitionQueries transitions;
    private final DurationQueries durations;
    private final InstantSource clock;

    public TransitionOperations(TransitionQueries transitions, DurationQueries durations, InstantSource clock) {
        this.transitions = transitions;
        this.durations = durations;
        this.clock = clock;
    }

    /** The operation that a transition of the workspace is. */
    public Optional<OperationView> find(String workspaceId, String transitionId) {
        return transitions.find(workspaceId, transitionId).map(this::shown);
    }

    private OperationView shown(TransitionRow row) {
        var transition = row.transition();
        int nodes = row.isPlanned()
                ? transitions.nodesOf(transition.plan().workspaceId()).size()
                : transition.members().size();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return TransitionOperation.of(row, new Estimate(transition, nodes, durations.now(), now).completion());
    }
}
