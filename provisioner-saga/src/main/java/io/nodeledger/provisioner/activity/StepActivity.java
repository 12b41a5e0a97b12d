package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.nodeledger.base.eventstore.ConnectionPools;
import io.nodeledger.base.messaging.Outages;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.ActivityRows.Standing;
import java.time.Duration;
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
    private static final Duration OPERATOR_PAUSE = Duration.ofSeconds(2);
    /** After a quarter of an hour of them nobody but a person can go on. */
    private static final int ENOUGH_FAILURES = 20;

    private final Map<Step, EnsureStep> steps;
    private final NodeStreams nodes;
    private final Outcomes outcomes;
    private final ActivityRows rows;
    private final HeldOperations held;
    private final StepTurns turns;
    private final StepSpans spans;
    private final InstantSource clock;
    private final StepTimes times;
    private final StepEnding ending;

    StepActivity(
            Map<Step, EnsureStep> steps,
            NodeStreams nodes,
            Outcomes outcomes,
            ActivityRows rows,
            HeldOperations held,
            StepTurns turns,
            StepSpans spans,
            InstantSource clock) {
        requireAll(steps);
        this.steps = steps;
        this.nodes = nodes;
        this.outcomes = outcomes;
        this.rows = rows;
        this.held = held;
        this.turns = turns;
        this.spans = spans;
        this.clock = clock;
        this.times = new StepTimes(clock);
        this.ending = new StepEnding(outcomes, times, clock);
    }

    CustomTask<StepTask> asTask() {
        return Tasks.custom(TASK)
                .onFailure((ExecutionComplete failed, ExecutionOperations<StepTask> row) -> row.reschedule(
                        failed, clock.instant().plus(StepTimes.pauseAfter(failed.getExecution().consecutiveFailures))))
                // From its due time the step learns how long nobody worked on it.
                .onDeadExecution(
                        (dead, row) -> row.reschedule(dead, dead.getExecution().getExecutionTime()))
                .execute((row, context) -> ConnectionPools.inCrowd(() -> inTurn(row, context)));
    }

    private CompletionHandler<StepTask> inTurn(TaskInstance<StepTask> row, ExecutionContext context) {
        try {
            return turns.take(() -> spans.around(row, () -> execute(row, context)));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return (complete, stopped) -> stopped.reschedule(complete, clock.instant());
        }
    }

    private CompletionHandler<StepTask> execute(TaskInstance<StepTask> row, ExecutionContext context) {
        try {
            return perform(row, context);
        } catch (RuntimeException failure) {
            if (Outages.explain(failure)) {
                throw failure;
            }
            return endOrTryAgain(readable(row, failure), failure);
        }
    }

    /** A row that this version can't read is one that people are told of. */
    private StepTask readable(TaskInstance<StepTask> row, RuntimeException failure) {
        try {
            return row.getData();
        } catch (RuntimeException unreadable) {
            log.error("The activity {} can't be read", row.getId(), unreadable);
            String[] ids = row.getId().split("/", -1);
            held.hold(ids[1], ids[0], null, unreadable);
            throw failure;
        }
    }

    private CompletionHandler<StepTask> perform(TaskInstance<StepTask> row, ExecutionContext context) {
        StepTask scheduled = times.withoutClockSetBack(row.getData());
        NodeReading reading = nodes.reading(scheduled.nodeId());
        NodeFacts node = reading.facts();
        if (!scheduled.isDueFor(node)) {
            return new CompletionHandler.OnCompleteRemove<>();
        }
        StepTask task = times.withoutOutage(scheduled, context.getExecution().getExecutionTime());
        if (task.mayOverlapOthers(node) && rows.anotherRuns(task.nodeId(), row.getId())) {
            return times.isOver(task, stepOf(task).limits())
                    ? ending.timeOut(task, stepOf(task).limits(), node, "An earlier step is still being worked on.")
                    : ending.again(task, PREDECESSOR_PAUSE);
        }
        // Judged by when the look began: a process that was suspended meanwhile has not used up the step's time.
        boolean over = times.isOver(task, stepOf(task).limits());
        StepLease lease = lease(task, reading, context);
        try {
            return conclude(task, node, attempt(task, node, lease), lease, over);
        } catch (BeforeRestore restored) {
            return await(task, node, restored);
        } catch (LeaseLost lost) {
            log.info("{} of {} stops: {}", task.step(), task.nodeId(), lost.getMessage());
            return ending.again(task, PREDECESSOR_PAUSE);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return ending.again(task, Duration.ZERO);
        }
    }

    /** Neither the step nor a provider is to blame: people are told, and after a while the operation is theirs. */
    private CompletionHandler<StepTask> endOrTryAgain(StepTask task, RuntimeException failure) {
        log.error("{} of {} can't be worked on", task.step(), task.nodeId(), failure);
        int failures = held.hold(task.operationId(), task.nodeId(), null, failure);
        return failures < ENOUGH_FAILURES ? ending.again(task, StepTimes.pauseAfter(failures)) : giveUp(task, failures);
    }

    private CompletionHandler<StepTask> giveUp(StepTask task, int failures) {
        try {
            return ending.finish(
                    task,
                    nodes.read(task.nodeId()),
                    new Outcome.Stuck(
                            "UNEXPECTED_ERROR",
                            "The step %s failed %d times for a reason that is in the log."
                                    .formatted(task.step().word(), failures)));
        } catch (RuntimeException unreadable) {
            log.error("{} of {} can't even be ended", task.step(), task.nodeId(), unreadable);
            return ending.again(task, StepTimes.pauseAfter(failures));
        }
    }

    /** An operator decides whether it goes on; the time until then is not the step's. */
    private CompletionHandler<StepTask> await(StepTask task, NodeFacts node, BeforeRestore restored) {
        log.debug("{} of {} waits: {}", task.step(), task.nodeId(), restored.getMessage());
        return held.await(task.operationId(), task.nodeId(), restored.epoch())
                ? ending.finish(
                        task, node, new Outcome.Stuck("OPERATION_ABANDONED", "An operator ended it after a restore."))
                : ending.again(task.startedAt(clock.instant().plus(OPERATOR_PAUSE)), OPERATOR_PAUSE);
    }

    private StepLease lease(StepTask task, NodeReading reading, ExecutionContext context) {
        return new StepLease(
                task,
                reading.facts().workspaceId(),
                reading.lastNumber(),
                rows.standingOf(context.getExecution(), task.nodeId(), task.operationId()),
                nodes,
                outcomes,
                clock);
    }

    private StepResult attempt(StepTask task, NodeFacts node, StepLease lease) throws InterruptedException {
        try {
            return stepOf(task).ensure(node, lease);
        } catch (LeaseLost lost) {
            throw lost;
        } catch (RuntimeException unexpected) {
            if (Outages.explain(unexpected)) {
                throw unexpected;
            }
            log.error("{} of {} failed unexpectedly", task.step(), task.nodeId(), unexpected);
            return StepResult.retry(
                    "An unexpected error occurred: " + unexpected.getClass().getSimpleName() + ".");
        }
    }

    private CompletionHandler<StepTask> conclude(
            StepTask task, NodeFacts node, StepResult result, StepLease lease, boolean over) {
        boolean good =
                result instanceof StepResult.Finished finished && !(finished.outcome() instanceof Outcome.Failed);
        if (!good) {
            // What is not done is for whoever holds the lease now to judge; what is done stays done.
            Standing _ = lease.assertOurs();
        }
        return ending.after(result, task, stepOf(task).limits(), node, over);
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
}
