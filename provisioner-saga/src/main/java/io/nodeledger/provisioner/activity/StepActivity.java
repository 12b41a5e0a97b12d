package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one step under a lease: does it, records its outcome on the node and only then lets the row go. A crash in
 * between runs it again: the step finds its work done, and the node recognises the outcome.
 */
final class StepActivity {
    /** The activity rows' task name. */
    static final TaskDescriptor<StepTask> TASK = TaskDescriptor.of("node-step", StepTask.class);

    private static final Logger log = LoggerFactory.getLogger(StepActivity.class);
    private static final Duration PREDECESSOR_PAUSE = Duration.ofMillis(50);
    private static final Duration UNEXPECTED_FAILURE_PAUSE = Duration.ofSeconds(2);

    private final Map<Step, EnsureStep> steps;
    private final NodeStreams nodes;
    private final Outcomes outcomes;
    private final ActivityRows rows;
    private final InstantSource clock;

    StepActivity(
            Map<Step, EnsureStep> steps, NodeStreams nodes, Outcomes outcomes, ActivityRows rows, InstantSource clock) {
        requireAll(steps);
        this.steps = steps;
        this.nodes = nodes;
        this.outcomes = outcomes;
        this.rows = rows;
        this.clock = clock;
    }

    CustomTask<StepTask> asTask() {
        return Tasks.custom(TASK)
                .onFailure((ExecutionComplete failed, ExecutionOperations<StepTask> row) ->
                        row.reschedule(failed, clock.instant().plus(UNEXPECTED_FAILURE_PAUSE)))
                .execute(this::execute);
    }

    private CompletionHandler<StepTask> execute(TaskInstance<StepTask> row, ExecutionContext context) {
        StepTask task = row.getData();
        NodeFacts node = nodes.read(task.nodeId());
        if (!task.isDueFor(node)) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        if (startsOperation(node) && rows.anotherRuns(task.nodeId(), row.getId())) {
            return again(task, PREDECESSOR_PAUSE);
        }
        try {
            return conclude(task, attempt(task, node, context));
        } catch (LeaseLost lost) {
            log.info("{} of {} stops: {}", task.step(), task.nodeId(), lost.getMessage());
            return again(task, PREDECESSOR_PAUSE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return again(task, Duration.ZERO);
        }
    }

    private StepResult attempt(StepTask task, NodeFacts node, ExecutionContext context) throws InterruptedException {
        EnsureStep step = stepOf(task);
        Instant deadline = task.startedAt().plus(step.limits().deadline());
        if (clock.instant().isAfter(deadline)) {
            return StepResult.failed(
                    "STEP_TIMED_OUT",
                    "The step %s did not finish within %d s."
                            .formatted(
                                    task.step().word(), step.limits().deadline().toSeconds()));
        }
        var lease = new StepLease(task, deadline, rows.leaseOf(context.getExecution()), nodes, outcomes, clock);
        try {
            return step.ensure(node, lease);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException unexpected) {
            log.error("{} of {} failed unexpectedly", task.step(), task.nodeId(), unexpected);
            return StepResult.retry(
                    "An unexpected error occurred: " + unexpected.getClass().getSimpleName() + ".");
        }
    }

    private CompletionHandler<StepTask> conclude(StepTask task, StepResult result) {
        return switch (result) {
            case StepResult.Finished(Outcome outcome) -> finish(task, outcome);
            case StepResult.Stuck(String code, String reason) -> finish(task, new Outcome.Stuck(code, reason));
            case StepResult.Waiting waiting -> again(task, waiting.pause());
            case StepResult.RetryLater(String reason) -> retry(task, reason);
        };
    }

    private CompletionHandler<StepTask> finish(StepTask task, Outcome outcome) {
        outcomes.record(task, outcome);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    private CompletionHandler<StepTask> retry(StepTask task, String reason) {
        StepLimits limits = stepOf(task).limits();
        if (task.attempt() >= limits.attempts()) {
            return finish(
                    task,
                    new Outcome.Failed(
                            "STEP_RETRIES_EXHAUSTED",
                            "Gave up after %d attempts. %s".formatted(task.attempt(), reason)));
        }
        outcomes.record(task, new Outcome.Delayed(reason));
        return again(task.nextAttempt(), limits.backoffAfter(task.attempt()));
    }

    private CompletionHandler<StepTask> again(StepTask task, Duration pause) {
        return (complete, row) -> row.reschedule(complete, clock.instant().plus(pause), task);
    }

    private EnsureStep stepOf(StepTask task) {
        return Objects.requireNonNull(steps.get(task.step()), "checked when this was made");
    }

    private static void requireAll(Map<Step, EnsureStep> steps) {
        var missing = EnumSet.allOf(Step.class);
        missing.removeAll(steps.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Nothing ensures " + missing);
        }
    }

    /** A new operation must not act while a step of the one that it pre-empted still does. */
    private static boolean startsOperation(NodeFacts node) {
        RunningOperation operation = node.operation();
        return operation != null && operation.done().isEmpty() && !operation.compensating();
    }
}
