package io.nodeledger.provisioner.activity;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import io.nodeledger.events.node.Outcome;
import java.time.Duration;
import java.time.InstantSource;

/** What follows from a look at a step: its outcome is recorded on the node and the row goes, or it comes again later. */
final class StepEnding {
    private final Outcomes outcomes;
    private final StepTimes times;
    private final InstantSource clock;

    StepEnding(Outcomes outcomes, StepTimes times, InstantSource clock) {
        this.outcomes = outcomes;
        this.times = times;
        this.clock = clock;
    }

    /** @param over whether the step's time was up when the look began */
    CompletionHandler<StepTask> after(
            StepResult result, StepTask task, StepLimits limits, NodeFacts node, boolean over) {
        return switch (result) {
            case StepResult.Finished(Outcome outcome) -> finish(task, node, outcome);
            case StepResult.Stuck(String code, String reason) -> finish(task, node, new Outcome.Stuck(code, reason));
            case StepResult.Queued queued ->
                again(task.startedAt(clock.instant().plus(queued.pause())), queued.pause());
            case StepResult.Waiting waiting ->
                over
                        ? timeOut(task, limits, node, waiting.reason())
                        : again(told(task, limits, node, waiting.reason()), waiting.pause());
            case StepResult.RetryLater(String reason) ->
                over ? timeOut(task, limits, node, reason) : retry(task, limits, node, reason);
        };
    }

    CompletionHandler<StepTask> finish(StepTask task, NodeFacts node, Outcome outcome) {
        outcomes.record(task, node.workspaceId(), outcome);
        return new CompletionHandler.OnCompleteRemove<>();
    }

    /** Decided after the step has looked: work that was done in the meantime counts, however late it is seen. */
    CompletionHandler<StepTask> timeOut(StepTask task, StepLimits limits, NodeFacts node, String reason) {
        return finish(
                task,
                node,
                new Outcome.Failed(
                        "STEP_TIMED_OUT",
                        "The step %s did not finish within %d s: %s"
                                .formatted(task.step().word(), limits.deadline().toSeconds(), reason)));
    }

    CompletionHandler<StepTask> again(StepTask task, Duration pause) {
        return (complete, row) -> row.reschedule(complete, clock.instant().plus(pause), task);
    }

    private CompletionHandler<StepTask> retry(StepTask task, StepLimits limits, NodeFacts node, String reason) {
        if (task.attempt() >= limits.attempts()) {
            String gaveUp = "Gave up after %d attempts. %s".formatted(task.attempt(), reason);
            return finish(task, node, new Outcome.Failed("STEP_RETRIES_EXHAUSTED", gaveUp));
        }
        outcomes.record(task, node.workspaceId(), new Outcome.Delayed(reason));
        return again(task.nextAttempt(), limits.backoffAfter(task.attempt()));
    }

    /** People learn what a step waits for: soon, and then seldomer the longer it waits. */
    private StepTask told(StepTask task, StepLimits limits, NodeFacts node, String reason) {
        if (!times.isToBeTold(task, limits)) {
            return task;
        }
        outcomes.record(task, node.workspaceId(), new Outcome.Delayed(reason));
        return task.toldAt(clock.instant());
    }
}
