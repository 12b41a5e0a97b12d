package io.nodeledger.events.node;

import io.nodeledger.events.operation.Step;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What a node can be told. Every command carries the time at which its sender decided, in milliseconds. */
public sealed interface NodeCommand {
    /** The node concerned. */
    String nodeId();

    /** When the sender decided. */
    Instant at();

    /**
     * Delete the node. Answers {@link DeletionAnswer}.
     *
     * @param taskId id for the operation, used unless one runs already
     * @param force do not move workloads away
     * @param drainTimeoutSeconds how long moving workloads away may take
     * @param condition what the caller believes the node to be in
     * @param estimatedSeconds how long deletions take of late
     */
    record DeleteNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String taskId,
            boolean force,
            int drainTimeoutSeconds,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements NodeCommand {
        /** A deletion whatever the node is in. */
        public DeleteNode(
                String nodeId,
                String workspaceId,
                String taskId,
                boolean force,
                int drainTimeoutSeconds,
                long estimatedSeconds,
                Instant at) {
            this(nodeId, workspaceId, taskId, force, drainTimeoutSeconds, VersionCondition.ANY, estimatedSeconds, at);
        }
    }

    /** A command of a caller that begins an operation, unless one runs. Answers {@link OperationAnswer}. */
    sealed interface Begin extends NodeCommand {
        /** The workspace that the caller believes the node to be in. */
        String workspaceId();

        /** Id for the operation. */
        String operationId();

        /** What the caller believes the node to be in. */
        VersionCondition condition();

        /** How long operations of the kind take of late. */
        long estimatedSeconds();
    }

    /** Power the machine on. */
    record StartNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements Begin {}

    /**
     * Move workloads away and power the machine off.
     *
     * @param drain whether to move workloads away
     * @param force do not move them away, and power off hard when the guest does not end
     * @param drainTimeoutSeconds how long moving workloads away may take
     */
    record StopNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            boolean drain,
            boolean force,
            int drainTimeoutSeconds,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements Begin {}

    /**
     * Move workloads away, power the machine off and on again.
     *
     * @param drain whether to move workloads away
     * @param force do not move them away, and power off hard when the guest does not end
     * @param drainTimeoutSeconds how long moving workloads away may take
     */
    record RebootNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            boolean drain,
            boolean force,
            int drainTimeoutSeconds,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements Begin {}

    /**
     * Provision anew a node whose provisioning failed and was undone.
     *
     * @param shortages for each plan the regions that can't take a node of it now, with the time at which they may again
     */
    record RetryProvisioning(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            Map<String, Map<String, Instant>> shortages,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements Begin {}

    /**
     * Change labels and taints.
     *
     * @param labels labels to set, or to take away where the value is absent
     * @param taints all taints from now on; absent when they stay
     */
    record UpdateNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            Map<String, Optional<String>> labels,
            @Nullable List<Taint> taints,
            VersionCondition condition,
            long estimatedSeconds,
            Instant at)
            implements Begin {}

    /** Call an operation off and undo what it has done. Answers {@link OperationAnswer}. */
    record CancelOperation(@TargetAggregateIdentifier String nodeId, String workspaceId, String operationId, Instant at)
            implements NodeCommand {}

    /**
     * Set the node's own thresholds. Answers {@link SettingsAnswer}.
     *
     * @param thresholds all of them from now on
     * @param condition what the caller believes the node to be in
     */
    record SetNodeThresholds(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            Thresholds thresholds,
            VersionCondition condition,
            Instant at)
            implements NodeCommand {}

    /**
     * Record what came of a step's attempt. The first outcome of an attempt wins; a repeat is a no-op, and so is the
     * outcome of an ended operation (source: rulings 3). Answers {@link OutcomeAnswer}.
     *
     * @param round how often the operation had chosen its machine id anew when the attempt began
     * @param startedAt when the step was first attempted
     */
    record RecordOutcome(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String operationId,
            Step step,
            int round,
            int attempt,
            Outcome outcome,
            Instant startedAt,
            Instant at)
            implements NodeCommand {}

    /**
     * Record what was seen of the node outside. An observation that no longer fits is a no-op: an operation runs, the
     * node knows already, or it has gone on since the observer read its stream. Answers {@link ObservationAnswer}.
     *
     * @param sequence the last event of the node's stream before the observer looked outside
     */
    record RecordObservation(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            long sequence,
            Observation observation,
            Instant at)
            implements NodeCommand {}

    /**
     * Belong to a transition. Answers {@link MembershipAnswer}.
     *
     * @param transitionId whose it is from now on
     */
    record JoinTransition(@TargetAggregateIdentifier String nodeId, String workspaceId, String transitionId, Instant at)
            implements NodeCommand {}

    /** Be the users' again, if the node belongs to the transition. Answers {@link MembershipAnswer}. */
    record LeaveTransition(
            @TargetAggregateIdentifier String nodeId, String workspaceId, String transitionId, Instant at)
            implements NodeCommand {}

    /**
     * Delete a node of a transition, for the transition. Answers {@link DeletionAnswer}.
     *
     * @param taskId id for the operation, used unless one runs already
     * @param drainTimeoutSeconds how long moving workloads away may take that are still there
     * @param estimatedSeconds how long deletions take of late
     */
    record DeleteTransitionNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String transitionId,
            String taskId,
            int drainTimeoutSeconds,
            long estimatedSeconds,
            Instant at)
            implements NodeCommand {}
}
