package io.nodeledger.provisioner.activity;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nodeledger.events.node.Outcome;
import java.time.Duration;
import java.time.Instant;

/** Counts and times steps that have ended: {@code nodeledger.steps}, by step, outcome and code. */
final class StepMeters {
    private static final Duration[] BOUNDS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15)
    };

    private final MeterRegistry meters;

    StepMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** An outcome was recorded that was not before. */
    void recorded(StepTask task, Outcome outcome, Instant at) {
        switch (outcome) {
            case Outcome.TaskStarted _, Outcome.Delayed _ -> {}
            case Outcome.Failed(String code, String _) -> ended(task, "failed", code, at);
            case Outcome.Stuck(String code, String _) -> ended(task, "stuck", code, at);
            case Outcome.IdTaken _ -> ended(task, "id_taken", "none", at);
            case Outcome.Done _, Outcome.Allocated _, Outcome.Addressed _, Outcome.Inspected _, Outcome.Ready _ ->
                ended(task, "done", "none", at);
        }
    }

    private void ended(StepTask task, String outcome, String code, Instant at) {
        Timer.builder("nodeledger.steps")
                .description("Steps that have ended, by step, outcome and code, and how long they took")
                .tag("step", task.step().word())
                .tag("outcome", outcome)
                .tag("code", code)
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(Duration.between(task.startedAt(), at));
        Counter.builder("nodeledger.steps.retries")
                .description("Attempts at steps that have ended beyond the first one")
                .tag("step", task.step().word())
                .register(meters)
                .increment(task.attempt() - 1);
    }
}
