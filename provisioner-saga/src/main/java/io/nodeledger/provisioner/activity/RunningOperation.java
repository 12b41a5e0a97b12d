package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import java.util.Map;
import java.util.Set;

/**
 * The operation that a node is in.
 *
 * @param progress how far it has come
 * @param force whether workloads may be lost
 * @param drainTimeoutSeconds how long moving workloads away may take
 * @param machine how the node's machine was when it began
 * @param providerTasks the provider's task last started for a step
 */
public record RunningOperation(
        OperationProgress progress,
        boolean force,
        int drainTimeoutSeconds,
        MachineCondition machine,
        Map<Step, String> providerTasks) {
    /** An operation of a node whose machine is on. */
    public RunningOperation(
            OperationProgress progress, boolean force, int drainTimeoutSeconds, Map<Step, String> providerTasks) {
        this(progress, force, drainTimeoutSeconds, MachineCondition.ON, providerTasks);
    }

    /** The operation's id. */
    public String id() {
        return progress.id();
    }

    /** What kind of operation it is. */
    public OperationType type() {
        return progress.type();
    }

    /** Whether it failed and is being undone. */
    public boolean compensating() {
        return progress.compensating();
    }

    /** The steps that have succeeded. */
    public Set<Step> done() {
        return progress.done();
    }
}
