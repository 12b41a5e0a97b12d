package io.nodeledger.events.node;

import io.nodeledger.events.operation.Step;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

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
     * @param estimatedSeconds how long deletions take of late, apart from a drain
     */
    record DeleteNode(
            @TargetAggregateIdentifier String nodeId,
            String workspaceId,
            String taskId,
            boolean force,
            int drainTimeoutSeconds,
            long estimatedSeconds,
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
}
