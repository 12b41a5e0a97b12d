package io.nodeledger.query.transition;

import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A transition as the log tells it.
 *
 * @param requestedBy id of who wanted it
 * @param requestId the request that began it
 * @param nodesReadyAt when the last node was ready of those that are made for it; null before
 * @param nodesGoneAt when the last node was gone of those that it took away or had made in vain; null before
 * @param progress percentage, which never falls: neither when backups are made anew after a pause nor when it is undone
 * @param stages when it was at which stage
 */
public record TransitionRow(
        TransitionRecord transition,
        String requestedBy,
        String requestId,
        @Nullable Instant nodesReadyAt,
        @Nullable Instant nodesGoneAt,
        int progress,
        StageTimes stages) {
    /** A row may be older than what it tells by now. */
    public TransitionRow {
        stages = stages == null ? StageTimes.UNKNOWN : stages;
    }

    static TransitionRow begun(TransitionRecord transition, String requestedBy, String requestId) {
        return new TransitionRow(transition, requestedBy, requestId, null, null, 0, StageTimes.begun(transition));
    }

    /** Whether it is about the nodes that its workspace has when its window opens, whichever there were when it was planned. */
    boolean isPlanned() {
        return transition.ended() == null && !transition.started();
    }

    TransitionRow after(TransitionRecord next, Instant at) {
        boolean gone = nodesGoneAt == null && !next.members().isEmpty() && next.all(Progress.REMOVED);
        boolean ready = nodesReadyAt == null && next.toDedicated() && next.all(Progress.READY);
        int reached = TransitionOperation.progress(next);
        return new TransitionRow(
                next,
                requestedBy,
                requestId,
                ready ? at : nodesReadyAt,
                gone ? at : nodesGoneAt,
                Math.max(progress, reached),
                stages.after(transition, next, at));
    }
}
