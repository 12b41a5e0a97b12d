package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.JoinUnavailable;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import java.time.Duration;

/**
 * A step whose action only deals with what it finds; the failures of Proxmox VE, and of the cluster that a machine is to
 * join, become results here, the same way for all steps. A provider that is out of reach as a whole is no failed attempt:
 * ten of those are over in two minutes, and an outage within the step's time ends nobody's operation.
 */
public final class MachineStep implements EnsureStep {
    private static final Duration CLUSTER_PAUSE = Duration.ofSeconds(5);

    /** What a step does at Proxmox VE; failures are thrown as {@link ProxmoxFailure}. */
    @FunctionalInterface
    public interface Action {
        /** See {@link EnsureStep#ensure}. */
        StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException;
    }

    private final Step step;
    private final StepLimits limits;
    private final Action action;

    public MachineStep(Step step, StepLimits limits, Action action) {
        this.step = step;
        this.limits = limits;
        this.action = action;
    }

    @Override
    public Step step() {
        return step;
    }

    @Override
    public StepLimits limits() {
        return limits;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        try {
            return action.ensure(node, attempt);
        } catch (JoinUnavailable unavailable) {
            notInterrupted(unavailable);
            return unavailable.refused()
                    ? refused("PROVIDER_REFUSED", unavailable.reason())
                    : StepResult.waiting(unavailable.reason(), ProviderTasks.pause(attempt));
        } catch (ProxmoxFailure failure) {
            notInterrupted(failure);
            String reason = failure.getMessage() == null ? failure.kind().name() : failure.getMessage();
            return switch (failure.kind()) {
                case LOCKED, CHECKSUM, UNREACHABLE -> StepResult.waiting(reason, ProviderTasks.pause(attempt));
                case RETRY_SLOWLY -> StepResult.waiting(reason, CLUSTER_PAUSE);
                case RETRY, UNKNOWN_OUTCOME, UNAUTHENTICATED, RUNNING, NOT_RUNNING, AGENT_SILENT, ABSENT, ID_TAKEN ->
                    StepResult.retry(reason);
                case OUT_OF_SPACE -> refused("INSUFFICIENT_CAPACITY", reason);
                case DENIED, PERMANENT -> refused("PROVIDER_REFUSED", reason);
            };
        }
    }

    /** An instance that shuts down interrupts its calls; what they end in then is no failed attempt. */
    private static void notInterrupted(RuntimeException failure) throws InterruptedException {
        if (Thread.interrupted()) {
            var stopped = new InterruptedException("The instance shuts down");
            stopped.initCause(failure);
            throw stopped;
        }
    }

    /** A refused removal leaves a machine behind that only a person can deal with. */
    private StepResult refused(String code, String reason) {
        return switch (step) {
            case HALT, DESTROY, VERIFY_GONE -> new StepResult.Stuck(code, reason);
            default -> StepResult.failed(code, reason);
        };
    }
}
