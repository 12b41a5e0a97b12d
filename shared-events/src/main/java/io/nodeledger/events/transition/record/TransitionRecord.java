package io.nodeledger.events.transition.record;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.TransitionStatus;
import io.nodeledger.events.transition.record.Member.Progress;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A transition as its events tell it.
 *
 * @param moved what was recorded when workloads began to move; null before
 * @param pausedUntil null unless it waits for another window
 * @param resumed how often it went on after a pause
 * @param resumption when it last did, null when it never has
 * @param failure why it is undone, null when it is not
 * @param reason what it waits for or what a person should know, null when it gets on
 */
public record TransitionRecord(
        Plan plan,
        @Nullable MaintenanceWindow window,
        List<Member> members,
        Set<Milestone> passed,
        @Nullable Moved moved,
        @Nullable Instant pausedUntil,
        int resumed,
        @Nullable Resumption resumption,
        @Nullable Failure failure,
        @Nullable Reason reason,
        @Nullable TransitionStatus ended,
        Times times) {
    public TransitionRecord {
        members = List.copyOf(members);
        passed = passed.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(passed));
    }

    /**
     * What was wished for.
     *
     * @param namespace the workspace's own
     * @param region where new nodes are made, null of one that gives nodes up
     * @param planId of new nodes
     * @param estimatedSeconds how long all of it was expected to take
     * @param durations how long its parts were expected to take
     */
    public record Plan(
            String id,
            String workspaceId,
            String namespace,
            Placement target,
            MigrationStrategy strategy,
            boolean backup,
            @Nullable String region,
            @Nullable String planId,
            long estimatedSeconds,
            TransitionDurations durations) {
        /** How long it takes on the way to shared nodes until it can pause: a node where they are emptied one by one, or all. */
        public long nodeSeconds() {
            return durations.unit(strategy);
        }
    }

    /** What there was when workloads began to move, see {@link io.nodeledger.events.transition.TransitionEvent.MigrationStarted}. */
    public record Moved(Map<String, List<String>> directed, Map<String, Integer> unwell, List<String> unmanaged) {}

    /** When it went on after a pause, and how many nodes it had left then. */
    public record Resumption(Instant at, int nodes) {}

    /** Why it is undone. */
    public record Failure(TransitionStage at, String code, String reason) {}

    /** What it waits for. {@code attention} when only a person can help. */
    public record Reason(TransitionStage stage, String text, boolean attention) {}

    /** When what happened; {@code switchedAt} is when the placement really changed. */
    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant switchedAt,
            @Nullable Instant endedAt,
            Instant updatedAt) {}

    /** Its id. */
    public String id() {
        return plan.id();
    }

    /** Whether it has begun: on the way to shared nodes, whether its window has opened. */
    public boolean started() {
        return times.startedAt() != null;
    }

    /** Whether the workspace's placement is the new one, so that there is no way back. */
    public boolean switched() {
        return times.switchedAt() != null;
    }

    /** Whether that lies behind it. */
    public boolean has(Milestone milestone) {
        return passed.contains(milestone);
    }

    /** Whether nodes are made for it. */
    public boolean toDedicated() {
        return plan.target() == Placement.DEDICATED;
    }

    /** Whether a caller called it off. */
    public boolean cancelled() {
        return failure != null && failure.code().equals(TransitionTurnedBack.CANCELLED);
    }

    /** Whether it can still be undone. */
    public boolean canBeCancelled() {
        return ended == null && !switched() && failure == null;
    }

    /** How long what is left of the way to shared nodes will probably take, by what was expected of its parts when it was planned. */
    public long secondsLeft() {
        return secondsLeft(plan.durations());
    }

    /** The same by what is expected of them now. */
    public long secondsLeft(TransitionDurations durations) {
        return durations.toShared(plan.strategy(), backupsLeft(), nodesLeft().size());
    }

    /** How long it takes until anything is won: backups that a pause would make worthless, and the first of what can be moved. */
    public long secondsToGetOn() {
        return plan.durations().backups(backupsLeft()) + plan.nodeSeconds();
    }

    private int backupsLeft() {
        // Whoever goes on after a pause makes them anew.
        boolean outdated = pausedUntil != null;
        return plan.backup()
                ? (int) nodesLeft().stream()
                        .filter(member -> outdated || !member.is(Progress.BACKED_UP))
                        .count()
                : 0;
    }

    /** The nodes that still have workloads, on the way to shared nodes. */
    public List<Member> nodesLeft() {
        return members.stream().filter(member -> !member.is(Progress.DRAINED)).toList();
    }

    /** What is to be done now; empty when it has ended. */
    public Optional<TransitionStage> stage() {
        if (ended != null) {
            return Optional.empty();
        }
        if (failure != null) {
            return Optional.of(back());
        }
        return Optional.of(pausedUntil == null ? reached() : TransitionStage.AWAIT_WINDOW);
    }

    /** How far it has come on its way, also while it waits for another window or is undone. */
    public TransitionStage reached() {
        if (failure != null) {
            return failure.at();
        }
        if (ended != null) {
            return TransitionStage.CONCLUDE;
        }
        return toDedicated() ? towardsDedicated() : towardsShared();
    }

    /** How it stands, in the API's words. */
    public TransitionStatus status() {
        if (ended != null) {
            return ended;
        }
        if (!started()) {
            return TransitionStatus.SCHEDULED;
        }
        return switch (stage().orElse(TransitionStage.CONCLUDE)) {
            case AWAIT_WINDOW, RESERVE -> TransitionStatus.SCHEDULED;
            case PROVISION -> TransitionStatus.PROVISIONING;
            case BACK_UP -> TransitionStatus.BACKING_UP;
            case PREPARE, MIGRATE, SWITCH -> toDedicated() ? TransitionStatus.MIGRATING : TransitionStatus.DRAINING;
            case MOVE_BACK -> TransitionStatus.MIGRATING;
            case DELETE, REMOVE -> TransitionStatus.DRAINING;
            case GIVE_BACK, CONCLUDE -> toDedicated() ? TransitionStatus.MIGRATING : TransitionStatus.DRAINING;
        };
    }

    /** A node of it. */
    public Optional<Member> member(String nodeId) {
        return members.stream().filter(member -> member.nodeId().equals(nodeId)).findFirst();
    }

    /** Whether all of its nodes have come as far. */
    public boolean all(Progress wanted) {
        return members.stream().allMatch(member -> member.is(wanted));
    }

    private TransitionStage towardsDedicated() {
        if (switched()) {
            return has(Milestone.GIVEN_BACK) ? TransitionStage.CONCLUDE : TransitionStage.GIVE_BACK;
        }
        if (has(Milestone.WORKLOADS_MOVED)) {
            return TransitionStage.SWITCH;
        }
        boolean enough = plan.strategy() == MigrationStrategy.ROLLING
                ? members.stream().anyMatch(member -> member.is(Progress.READY))
                : all(Progress.READY);
        if (!enough) {
            return TransitionStage.PROVISION;
        }
        return moved == null ? TransitionStage.PREPARE : TransitionStage.MIGRATE;
    }

    private TransitionStage towardsShared() {
        if (!started()) {
            return TransitionStage.AWAIT_WINDOW;
        }
        if (!has(Milestone.RESERVED)) {
            return TransitionStage.RESERVE;
        }
        if (switched()) {
            return all(Progress.REMOVED) ? TransitionStage.CONCLUDE : TransitionStage.DELETE;
        }
        if (has(Milestone.WORKLOADS_MOVED)) {
            return TransitionStage.SWITCH;
        }
        if (plan.backup() && !all(Progress.BACKED_UP)) {
            return TransitionStage.BACK_UP;
        }
        return moved == null ? TransitionStage.PREPARE : TransitionStage.MIGRATE;
    }

    private TransitionStage back() {
        if (moved != null && !has(Milestone.MOVED_BACK)) {
            return TransitionStage.MOVE_BACK;
        }
        if (toDedicated()) {
            return all(Progress.REMOVED) ? TransitionStage.CONCLUDE : TransitionStage.REMOVE;
        }
        return started() && !has(Milestone.GIVEN_BACK) ? TransitionStage.GIVE_BACK : TransitionStage.CONCLUDE;
    }
}
