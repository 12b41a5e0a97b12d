package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import java.util.Map;
import java.util.Set;

/**
 * The operation that a node is in.
 *
 * @param id the operation
 * @param compensating whether it failed and is being undone
 * @param force whether workloads may be lost
 * @param drainTimeoutSeconds how long moving workloads away may take
 * @param providerTasks the provider's task last started for a step
 * @param done steps that have succeeded
 */
public record RunningOperation(
        String id,
        OperationType type,
        boolean compensating,
        boolean force,
        int drainTimeoutSeconds,
        Map<Step, String> providerTasks,
        Set<Step> done) {
    /** Whether the step is the one to do now. */
    boolean expects(Step step) {
        return new OperationProgress(id, type, compensating, done, null, 0).expects(step);
    }
}
