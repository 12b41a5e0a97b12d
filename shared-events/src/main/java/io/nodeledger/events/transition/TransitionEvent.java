package io.nodeledger.events.transition;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can happen to a transition. What is not {@link Internal} leaves the system one to one, with the same id.
 * {@code effectiveAt} is in milliseconds and never before the stream's previous event.
 */
public sealed interface TransitionEvent {
    /** The transition it happened to. */
    String transitionId();

    /** The workspace that moves. */
    String workspaceId();

    /** When it happened, in milliseconds. */
    Instant effectiveAt();

    /** What only the transition itself needs to know. */
    sealed interface Internal extends TransitionEvent {}

    /**
     * A workspace moves to nodes of its own, all of which were admitted and are being provisioned.
     *
     * @param hourlyRate of each node, USD
     * @param durations how long its parts will probably take; absent of the first ones that were written
     */
    @Revision("1")
    record DedicatedTransitionStarted(
            String transitionId,
            String workspaceId,
            String namespace,
            MigrationStrategy strategy,
            String region,
            String planId,
            BigDecimal hourlyRate,
            List<TransitionNode> nodes,
            Instant estimatedEndAt,
            @Nullable TransitionDurations durations,
            Instant effectiveAt)
            implements TransitionEvent {}

    /**
     * A workspace is to give its nodes up.
     *
     * @param window when; at once and for as long as it takes when absent
     * @param backup whether every machine is backed up before
     * @param nodes the nodes of now; those of the day count
     * @param estimatedSeconds how long it will probably take
     * @param nodeSeconds how long one node will probably take
     * @param durations how long its parts will probably take; absent of the first ones that were written
     */
    @Revision("1")
    record SharedTransitionScheduled(
            String transitionId,
            String workspaceId,
            String namespace,
            MigrationStrategy strategy,
            @Nullable MaintenanceWindow window,
            boolean backup,
            List<String> nodes,
            long estimatedSeconds,
            long nodeSeconds,
            @Nullable TransitionDurations durations,
            Instant effectiveAt)
            implements TransitionEvent {}

    /** The window was set anew; a paused transition goes on in it. */
    @Revision("1")
    record WindowChanged(String transitionId, String workspaceId, MaintenanceWindow window, Instant effectiveAt)
            implements TransitionEvent {}

    /**
     * The window has opened: the workspace gets no new nodes.
     *
     * @param nodes those that it has now
     */
    @Revision("1")
    record SharedTransitionStarted(String transitionId, String workspaceId, List<String> nodes, Instant effectiveAt)
            implements TransitionEvent {}

    /**
     * No node begins anything of its own any more.
     *
     * @param nodes those that are left: others were deleted meanwhile
     */
    @Revision("1")
    record NodesReserved(String transitionId, String workspaceId, List<TransitionNode> nodes, Instant effectiveAt)
            implements Internal {}

    /** A new node is ready to take workloads. */
    @Revision("1")
    record TransitionNodeReady(String transitionId, String workspaceId, String nodeId, Instant effectiveAt)
            implements TransitionEvent {}

    /** The provider backs a machine up; recorded before it is waited for. */
    @Revision("1")
    record BackupStarted(String transitionId, String workspaceId, String nodeId, String upid, Instant effectiveAt)
            implements Internal {}

    /**
     * A machine was backed up.
     *
     * @param volumeId the backup's name at the provider
     */
    @Revision("1")
    record NodeBackedUp(
            String transitionId, String workspaceId, String nodeId, String volumeId, long bytes, Instant effectiveAt)
            implements TransitionEvent {}

    /**
     * Workloads begin to move.
     *
     * @param directed namespaces whose pods went to dedicated nodes before, by region
     * @param unwell workloads that had fewer ready pods than they want, with how many
     * @param unmanaged pods that nobody would start elsewhere; they stay where they are
     */
    @Revision("1")
    record MigrationStarted(
            String transitionId,
            String workspaceId,
            Map<String, List<String>> directed,
            Map<String, Integer> unwell,
            List<String> unmanaged,
            Instant effectiveAt)
            implements TransitionEvent {}

    /** A node has no workloads any more. */
    @Revision("1")
    record TransitionNodeDrained(String transitionId, String workspaceId, String nodeId, Instant effectiveAt)
            implements TransitionEvent {}

    /** Every workload was seen to run where it was to move. */
    @Revision("1")
    record WorkloadsMoved(String transitionId, String workspaceId, int pods, Instant effectiveAt)
            implements TransitionEvent {}

    /** The workspace's placement is the new one; there is no way back from here. */
    @Revision("1")
    record PlacementSwitched(String transitionId, String workspaceId, Placement placement, Instant effectiveAt)
            implements TransitionEvent {}

    /** A node of the transition is gone. */
    @Revision("1")
    record TransitionNodeRemoved(String transitionId, String workspaceId, String nodeId, Instant effectiveAt)
            implements TransitionEvent {}

    /**
     * The window closes before the next node, or has been missed; another one is waited for.
     *
     * @param until after that the transition is undone
     */
    @Revision("1")
    record TransitionPaused(String transitionId, String workspaceId, String reason, Instant until, Instant effectiveAt)
            implements TransitionEvent {}

    /** The next window has opened. */
    @Revision("1")
    record TransitionResumed(String transitionId, String workspaceId, Instant effectiveAt) implements TransitionEvent {}

    /**
     * What was done is undone from here.
     *
     * @param code upper-case word, {@link #CANCELLED} when a caller wanted it
     */
    @Revision("1")
    record TransitionTurnedBack(
            String transitionId, String workspaceId, String code, String reason, Instant effectiveAt)
            implements TransitionEvent {
        /** The code of a transition that was called off. */
        public static final String CANCELLED = "TRANSITION_CANCELLED";

        /** The code of a transition whose window is over and that has got no other in time. */
        public static final String WINDOW_EXPIRED = "WINDOW_EXPIRED";
    }

    /** Every workload runs where it ran before. */
    @Revision("1")
    record WorkloadsMovedBack(String transitionId, String workspaceId, Instant effectiveAt)
            implements TransitionEvent {}

    /** No node belongs to the transition any more. */
    @Revision("1")
    record NodesGivenBack(String transitionId, String workspaceId, Instant effectiveAt) implements Internal {}

    /** What it is at does not get on; said once for each reason. */
    @Revision("1")
    record TransitionDelayed(
            String transitionId, String workspaceId, TransitionStage stage, String reason, Instant effectiveAt)
            implements Internal {}

    /** It can't be undone without a person; it goes on trying. */
    @Revision("1")
    record TransitionNeedsAttention(
            String transitionId, String workspaceId, TransitionStage stage, String reason, Instant effectiveAt)
            implements TransitionEvent {}

    /** The workspace is where it was to be. */
    @Revision("1")
    record TransitionCompleted(String transitionId, String workspaceId, Instant effectiveAt)
            implements TransitionEvent {}

    /** The workspace is as it was before. */
    @Revision("1")
    record TransitionFailed(String transitionId, String workspaceId, String code, String reason, Instant effectiveAt)
            implements TransitionEvent {}

    /** The workspace is as it was before, because a caller wanted that. */
    @Revision("1")
    record TransitionCancelled(String transitionId, String workspaceId, Instant effectiveAt)
            implements TransitionEvent {}
}
