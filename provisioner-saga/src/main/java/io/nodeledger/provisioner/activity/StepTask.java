package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.Step;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an activity row remembers of a step between its executions.
 *
 * @param round how often the operation had chosen its machine id anew
 * @param attempt counts failed attempts, from 1
 * @param startedAt when the step became due
 * @param cause metadata for the commands that the step sends
 * @param toldAt when the node was last told what the step waits for; null when it has not been
 */
record StepTask(
        String nodeId,
        String operationId,
        Step step,
        int round,
        int attempt,
        Instant startedAt,
        Map<String, String> cause,
        @Nullable Instant toldAt) {
    StepTask nextAttempt() {
        return new StepTask(nodeId, operationId, step, round, attempt + 1, startedAt, cause, toldAt);
    }

    /** The same with a clock that begins later: the time until then was not the step's. */
    StepTask startedAt(Instant later) {
        return new StepTask(nodeId, operationId, step, round, attempt, later, cause, toldAt);
    }

    StepTask toldAt(Instant now) {
        return new StepTask(nodeId, operationId, step, round, attempt, startedAt, cause, now);
    }

    /** Whether the node still waits for this step: one of an operation that was called off is not done any more. */
    boolean isDueFor(NodeFacts node) {
        RunningOperation operation = node.operation();
        return operation != null
                && operation.id().equals(operationId)
                && operation.progress().round() == round
                && operation.progress().expects(step);
    }

    /**
     * Whether others may still be working on a step that came before: an operation can be pre-empted or called off at any
     * moment, and what one of its calls does to a provider must be over before the opposite begins.
     */
    boolean mayOverlapOthers(NodeFacts node) {
        RunningOperation operation = node.operation();
        return operation != null
                && (operation.compensating()
                        ? operation.progress().beginsCancellation(step)
                        : operation.type().steps().getFirst() == step);
    }
}
