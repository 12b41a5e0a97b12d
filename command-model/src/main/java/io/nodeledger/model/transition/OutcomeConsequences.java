package io.nodeledger.model.transition;

import io.nodeledger.events.transition.TransitionCommand.RecordTransition;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.BackupStarted;
import io.nodeledger.events.transition.TransitionEvent.MigrationStarted;
import io.nodeledger.events.transition.TransitionEvent.NodeBackedUp;
import io.nodeledger.events.transition.TransitionEvent.NodesGivenBack;
import io.nodeledger.events.transition.TransitionEvent.NodesReserved;
import io.nodeledger.events.transition.TransitionEvent.PlacementSwitched;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.TransitionCancelled;
import io.nodeledger.events.transition.TransitionEvent.TransitionCompleted;
import io.nodeledger.events.transition.TransitionEvent.TransitionDelayed;
import io.nodeledger.events.transition.TransitionEvent.TransitionFailed;
import io.nodeledger.events.transition.TransitionEvent.TransitionNeedsAttention;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeDrained;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeReady;
import io.nodeledger.events.transition.TransitionEvent.TransitionNodeRemoved;
import io.nodeledger.events.transition.TransitionEvent.TransitionPaused;
import io.nodeledger.events.transition.TransitionEvent.TransitionResumed;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionEvent.WorkloadsMoved;
import io.nodeledger.events.transition.TransitionEvent.WorkloadsMovedBack;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.transition.record.TransitionRecord.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which events follow from an outcome: none from one that comes too late or twice (source: rulings 3).
 *
 * @param workspaceNodes the nodes that the workspace has, for the beginning of a transition that gives them up
 */
record OutcomeConsequences(List<String> workspaceNodes) {
    List<TransitionEvent> of(TransitionRecord now, RecordTransition command, Instant at) {
        // New nodes get ready while the workloads already move to the first of them.
        boolean isReady = command.outcome() instanceof TransitionOutcome.NodeReady
                && now.stage().filter(TransitionStage.MIGRATE::equals).isPresent();
        return isDue(now, command) || isReady ? events(now, command.stage(), command.outcome(), at) : List.of();
    }

    /** Whether it is of the stage that the transition is at, and of the window that it has. */
    static boolean isDue(TransitionRecord now, RecordTransition command) {
        boolean isOfStage = now.stage().filter(command.stage()::equals).isPresent();
        boolean isOfWindow = !(command.outcome() instanceof TransitionOutcome.OfWindow judged)
                || Objects.equals(judged.window(), now.window());
        return isOfStage && isOfWindow;
    }

    private List<TransitionEvent> events(
            TransitionRecord now, TransitionStage stage, TransitionOutcome outcome, Instant at) {
        String id = now.id();
        String workspace = now.plan().workspaceId();
        return switch (outcome) {
            case TransitionOutcome.WindowOpened _ ->
                now.started()
                        ? List.of(new TransitionResumed(id, workspace, at))
                        : List.of(new SharedTransitionStarted(id, workspace, workspaceNodes, at));
            case TransitionOutcome.Reserved e -> List.of(new NodesReserved(id, workspace, e.nodes(), at));
            case TransitionOutcome.NodeReady e ->
                ifMember(
                        now,
                        e.nodeId(),
                        member -> !member.is(Progress.READY),
                        new TransitionNodeReady(id, workspace, e.nodeId(), at));
            case TransitionOutcome.BackupBegun e ->
                ifMember(
                        now,
                        e.nodeId(),
                        member -> !member.is(Progress.BACKED_UP) && !e.upid().equals(member.upid()),
                        new BackupStarted(id, workspace, e.nodeId(), e.upid(), at));
            case TransitionOutcome.BackedUp e ->
                ifMember(
                        now,
                        e.nodeId(),
                        member -> !member.is(Progress.BACKED_UP),
                        new NodeBackedUp(id, workspace, e.nodeId(), e.volumeId(), e.bytes(), at));
            case TransitionOutcome.Prepared e ->
                List.of(new MigrationStarted(id, workspace, e.directed(), e.unwell(), e.unmanaged(), at));
            case TransitionOutcome.NodeDrained e ->
                ifMember(
                        now,
                        e.nodeId(),
                        member -> !member.is(Progress.DRAINED),
                        new TransitionNodeDrained(id, workspace, e.nodeId(), at));
            case TransitionOutcome.WorkloadsMoved e -> List.of(new WorkloadsMoved(id, workspace, e.pods(), at));
            case TransitionOutcome.Switch _ ->
                List.of(new PlacementSwitched(id, workspace, now.plan().target(), at));
            case TransitionOutcome.NodeRemoved e ->
                ifMember(
                        now,
                        e.nodeId(),
                        member -> !member.is(Progress.REMOVED),
                        new TransitionNodeRemoved(id, workspace, e.nodeId(), at));
            case TransitionOutcome.WindowMissed e -> paused(now, e.reason(), e.until(), at);
            case TransitionOutcome.WindowClosed e -> paused(now, e.reason(), e.until(), at);
            case TransitionOutcome.WindowExpired _ ->
                List.of(new TransitionTurnedBack(
                        id,
                        workspace,
                        TransitionTurnedBack.WINDOW_EXPIRED,
                        "No other window was set in time, and what was begun is undone.",
                        at));
            case TransitionOutcome.Failed e ->
                now.failure() == null && !now.switched()
                        ? List.of(new TransitionTurnedBack(id, workspace, e.code(), e.reason(), at))
                        : List.of();
            case TransitionOutcome.WorkloadsMovedBack _ -> List.of(new WorkloadsMovedBack(id, workspace, at));
            case TransitionOutcome.GivenBack _ -> List.of(new NodesGivenBack(id, workspace, at));
            case TransitionOutcome.Delayed e ->
                isAsked(now, stage) || new Reason(stage, e.reason(), false).equals(now.reason())
                        ? List.of()
                        : List.of(new TransitionDelayed(id, workspace, stage, e.reason(), at));
            case TransitionOutcome.Stuck e ->
                isAsked(now, stage)
                        ? List.of()
                        : List.of(new TransitionNeedsAttention(id, workspace, stage, e.reason(), at));
            case TransitionOutcome.Concluded _ -> List.of(end(now, at));
        };
    }

    private static List<TransitionEvent> paused(TransitionRecord now, String reason, Instant until, Instant at) {
        return now.pausedUntil() == null
                ? List.of(new TransitionPaused(now.id(), now.plan().workspaceId(), reason, until, at))
                : List.of();
    }

    private static TransitionEvent end(TransitionRecord now, Instant at) {
        String id = now.id();
        String workspace = now.plan().workspaceId();
        var failure = now.failure();
        if (failure == null) {
            return new TransitionCompleted(id, workspace, at);
        }
        return now.cancelled()
                ? new TransitionCancelled(id, workspace, at)
                : new TransitionFailed(id, workspace, failure.code(), failure.reason(), at);
    }

    private static List<TransitionEvent> ifMember(
            TransitionRecord now, String nodeId, Predicate<Member> awaits, TransitionEvent event) {
        return now.member(nodeId).filter(awaits).isPresent() ? List.of(event) : List.of();
    }

    /** Whether people were asked to look at the stage, and nothing has happened since. */
    private static boolean isAsked(TransitionRecord now, TransitionStage stage) {
        Reason reason = now.reason();
        return reason != null && reason.attention() && reason.stage() == stage;
    }
}
