package io.nodeledger.model.operation;

import io.nodeledger.events.node.NodeEvent;
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
 */
public record OperationProgress(
        String id,
        OperationType type,
        boolean compensating,
        Set<Step> done,
        @Nullable Failure failure,
        int round) {

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
        return new OperationProgress(id, type, false, Set.of(), null, 0);
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
            case NodeEvent.MachineIdBurnt _ ->
                new OperationProgress(id, type, compensating, Set.of(), failure, round + 1);
            case NodeEvent.StepFailed e ->
                new OperationProgress(id, type, true, done, new Failure(e.step(), e.code(), e.reason()), round);
            case NodeEvent.ProviderTaskStarted _, NodeEvent.StepDelayed _ -> this;
        };
    }

    /**
     * A deletion that must not wait for workloads any longer, also when it had already turned back: what remains of
     * moving them away is skipped.
     */
    public OperationProgress forced() {
        var steps = EnumSet.of(Step.DRAIN);
        steps.addAll(done);
        steps.remove(Step.UNCORDON);
        return new OperationProgress(id, type, false, steps, null, round);
    }

    private OperationProgress with(Step step) {
        var steps = EnumSet.of(step);
        steps.addAll(done);
        return new OperationProgress(id, type, compensating, steps, failure, round);
    }

    private List<Step> plan() {
        return compensating ? type.compensation() : type.steps();
    }
}
