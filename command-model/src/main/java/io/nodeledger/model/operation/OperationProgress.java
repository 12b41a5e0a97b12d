package io.nodeledger.model.operation;

import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far an operation has come: the pure function that aggregate, saga and activities share, so that they can never
 * disagree on what is next.
 *
 * @param compensating whether the operation failed and is being undone
 * @param done steps that have succeeded
 * @param failure why it is being undone
 * @param round how often its machine id had to be chosen anew
 * @param found what the machine was seen to do after the operation turned back
 */
public record OperationProgress(
        String id,
        OperationType type,
        boolean compensating,
        Set<Step> done,
        @Nullable Failure failure,
        int round,
        @Nullable MachinePower found) {

    /**
     * What made an operation turn back.
     *
     * @param code upper-case word
     * @param reason a sentence for people
     */
    public record Failure(Step step, String code, String reason) {}

    public OperationProgress {
        done = done.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(done));
    }

    /** An operation of which nothing is done yet. */
    public static OperationProgress begin(String id, OperationType type) {
        return new OperationProgress(id, type, false, Set.of(), null, 0, null);
    }

    /** A start, stop or reboot of which nothing is done yet; workloads that stay need no step. */
    public static OperationProgress begin(PowerEvent.PowerOperationStarted event) {
        var begun = begin(event.operationId(), event.type());
        return event.drain() || event.type() == OperationType.START ? begun : begun.with(Step.DRAIN);
    }

    /** Whether it was called off and is being undone. */
    public boolean cancelled() {
        return failure != null && failure.code().equals(NodeEvent.CancellationRequested.CODE);
    }

    /** Whether the step is the first that undoes it after it was called off. */
    public boolean beginsCancellation(Step step) {
        return cancelled() && !plan().isEmpty() && plan().getFirst() == step;
    }

    /** Whether it can still be called off, so that nothing of it remains (source: API decisions, "Operations"). */
    public boolean canBeCancelled() {
        return !compensating
                && switch (type) {
                    case PROVISION -> true;
                    // Once the kubelet is there, so may pods be.
                    case START -> isAt(Step.BOOT, Step.ADDRESS);
                    case STOP, REBOOT, DELETE -> isAt(Step.CORDON, Step.DRAIN);
                    case UPDATE -> false;
                };
    }

    private boolean isAt(Step one, Step other) {
        return next().filter(step -> step == one || step == other).isPresent();
    }

    /** The step to do now, or none when the operation has reached its end. */
    public Optional<Step> next() {
        return plan().stream().filter(step -> !done.contains(step)).findFirst();
    }

    /** Whether the step is the one to do now. */
    public boolean expects(Step step) {
        return next().filter(step::equals).isPresent();
    }

    /** Whether nothing is left to do once the step is done. */
    public boolean endsWith(Step step) {
        return plan().getLast() == step;
    }

    /** The operation after one of its events. Events that only tell of progress inside a step change nothing. */
    public OperationProgress after(NodeEvent.Progress event) {
        return switch (event) {
            case NodeEvent.MachineAllocated e -> with(e.step());
            case NodeEvent.StepSucceeded e -> with(e.step());
            case NodeEvent.MachineAddressed e -> with(e.step());
            case NodeEvent.KubernetesNodeReady e -> with(e.step());
            case NodeEvent.MachineInspected e -> with(e.step()).found(e.power());
            case NodeEvent.MachineIdBurnt _ ->
                new OperationProgress(id, type, compensating, Set.of(), failure, round + 1, found);
            case NodeEvent.StepFailed e -> turnedBack(new Failure(e.step(), e.code(), e.reason()));
            case NodeEvent.ProviderTaskStarted _, NodeEvent.StepDelayed _ -> this;
        };
    }

    /** The operation after a caller called it off. */
    public OperationProgress after(NodeEvent.CancellationRequested event) {
        return turnedBack(new Failure(event.step(), NodeEvent.CancellationRequested.CODE, event.reason()));
    }

    /**
     * A deletion that must not wait for workloads any longer, also when it had already turned back: what remains of
     * moving them away is skipped.
     */
    public OperationProgress forced() {
        var steps = EnumSet.of(Step.DRAIN);
        steps.addAll(done);
        steps.removeAll(type.compensation());
        return new OperationProgress(id, type, false, steps, null, round, null);
    }

    private OperationProgress turnedBack(Failure because) {
        return new OperationProgress(id, type, true, done, because, round, found);
    }

    private OperationProgress found(MachinePower power) {
        return new OperationProgress(id, type, compensating, done, failure, round, power);
    }

    private OperationProgress with(Step step) {
        var steps = EnumSet.of(step);
        steps.addAll(done);
        return new OperationProgress(id, type, compensating, steps, failure, round, found);
    }

    private List<Step> plan() {
        if (!compensating) {
            return type.steps();
        }
        return cancelled() ? type.cancellation() : type.compensation();
    }
}
