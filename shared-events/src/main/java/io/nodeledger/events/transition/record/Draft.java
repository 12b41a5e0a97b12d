package io.nodeledger.events.transition.record;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.*;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord.Failure;
import io.nodeledger.events.transition.record.TransitionRecord.Moved;
import io.nodeledger.events.transition.record.TransitionRecord.Reason;
import io.nodeledger.events.transition.record.TransitionRecord.Resumption;
import io.nodeledger.events.transition.record.TransitionRecord.Times;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A record on its way over one event. */
final class Draft {
    private final TransitionRecord before;
    private @Nullable MaintenanceWindow window;
    private List<Member> members;
    private final Set<Milestone> passed = EnumSet.noneOf(Milestone.class);
    private @Nullable Moved moved;
    private @Nullable Instant pausedUntil;
    private int resumed;
    private @Nullable Resumption resumption;
    private @Nullable Failure failure;
    private @Nullable Reason reason;
    private @Nullable TransitionStatus ended;
    private @Nullable Instant startedAt;
    private @Nullable Instant switchedAt;

    Draft(TransitionRecord before) {
        this.before = before;
        this.window = before.window();
        this.members = before.members();
        this.passed.addAll(before.passed());
        this.moved = before.moved();
        this.pausedUntil = before.pausedUntil();
        this.resumed = before.resumed();
        this.resumption = before.resumption();
        this.failure = before.failure();
        this.startedAt = before.times().startedAt();
        this.switchedAt = before.times().switchedAt();
    }

    /** What it waited for is over with whatever happens next, unless that says so again. */
    Draft after(TransitionEvent event) {
        switch (event) {
            case DedicatedTransitionStarted _, SharedTransitionScheduled _ ->
                throw new IllegalStateException(event + " begins a transition that has begun");
            case WindowChanged e -> window = e.window();
            case SharedTransitionStarted e -> {
                members = e.nodes().stream().map(Member::waiting).toList();
                startedAt = e.effectiveAt();
                pausedUntil = null;
            }
            case NodesReserved e -> {
                members = e.nodes().stream()
                        .map(node -> Member.of(node, Progress.READY))
                        .toList();
                passed.add(Milestone.RESERVED);
            }
            case TransitionNodeReady e -> of(e.nodeId(), member -> member.at(Progress.READY));
            case BackupStarted e -> of(e.nodeId(), member -> member.beingBackedUp(e.upid()));
            case NodeBackedUp e -> of(e.nodeId(), member -> member.backedUp(e.volumeId(), e.bytes()));
            case MigrationStarted e -> moved = new Moved(e.directed(), e.unwell(), e.unmanaged());
            case TransitionNodeDrained e -> of(e.nodeId(), member -> member.at(Progress.DRAINED));
            case WorkloadsMoved _ -> passed.add(Milestone.WORKLOADS_MOVED);
            case PlacementSwitched e -> switchedAt = e.effectiveAt();
            case TransitionNodeRemoved e -> of(e.nodeId(), member -> member.at(Progress.REMOVED));
            case TransitionPaused e -> {
                pausedUntil = e.until();
                reason = new Reason(TransitionStage.AWAIT_WINDOW, e.reason(), false);
            }
            case TransitionResumed e -> {
                pausedUntil = null;
                resumed++;
                resumption = new Resumption(e.effectiveAt(), before.nodesLeft().size());
                members = members.stream().map(Member::backupOutdated).toList();
            }
            case TransitionTurnedBack e -> {
                failure = new Failure(before.stage().orElse(TransitionStage.CONCLUDE), e.code(), e.reason());
                pausedUntil = null;
            }
            case WorkloadsMovedBack _ -> passed.add(Milestone.MOVED_BACK);
            case NodesGivenBack _ -> passed.add(Milestone.GIVEN_BACK);
            case TransitionDelayed e -> reason = new Reason(e.stage(), e.reason(), false);
            case TransitionNeedsAttention e -> reason = new Reason(e.stage(), e.reason(), true);
            case TransitionCompleted _ -> ended = TransitionStatus.COMPLETED;
            case TransitionFailed _ -> ended = TransitionStatus.FAILED;
            case TransitionCancelled _ -> ended = TransitionStatus.CANCELLED;
        }
        return this;
    }

    TransitionRecord build(Instant at) {
        Times times = before.times();
        return new TransitionRecord(
                before.plan(),
                window,
                members,
                passed,
                moved,
                pausedUntil,
                resumed,
                resumption,
                failure,
                reason,
                ended,
                new Times(times.createdAt(), startedAt, switchedAt, ended == null ? null : at, at));
    }

    private void of(String nodeId, UnaryOperator<Member> change) {
        if (before.member(nodeId).isEmpty()) {
            throw new IllegalStateException(nodeId + " is no node of transition " + before.id());
        }
        members = members.stream()
                .map(member -> member.nodeId().equals(nodeId) ? change.apply(member) : member)
                .toList();
    }
}
