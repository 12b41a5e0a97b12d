package io.nodeledger.query.operation;

import io.nodeledger.events.operation.Step;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of an operation.
 *
 * @param attempt the last attempt at it, 0 before the first
 * @param detail what it waits for, what it chose or why it failed
 */
public record StepRow(
        Step step,
        Status status,
        int attempt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable String detail) {

    /** A step's status as the API shows it. */
    public enum Status {
        PENDING,
        RUNNING,
        SUCCEEDED,
        FAILED,
        SKIPPED,
        CANCELLED;

        /** The status' word in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static StepRow pending(Step step) {
        return new StepRow(step, Status.PENDING, 0, null, null, null);
    }

    boolean isDone() {
        return status == Status.SUCCEEDED || status == Status.SKIPPED;
    }

    boolean isOpen() {
        return status == Status.PENDING || status == Status.RUNNING;
    }

    /** Works on it; what an earlier attempt said stays until there is something new to say. */
    StepRow running(int attempts, Instant at, @Nullable String says) {
        return new StepRow(
                step, Status.RUNNING, attempts, startedAt == null ? at : startedAt, null, says == null ? detail : says);
    }

    StepRow ended(Status how, int attempts, @Nullable Instant began, Instant at, @Nullable String says) {
        var started = began == null ? startedAt : began;
        return new StepRow(step, how, attempts, started == null ? at : started, at, says);
    }

    StepRow skipped() {
        return new StepRow(step, Status.SKIPPED, attempt, startedAt, null, detail);
    }

    /** Its end when it must not be waited for any longer. */
    StepRow leftOut(Instant at) {
        return new StepRow(step, Status.SKIPPED, attempt, startedAt, startedAt == null ? null : at, "Forced");
    }

    /** Its end when the operation ends: what never began is skipped. */
    StepRow closed(Status how, Instant at) {
        return switch (status) {
            case PENDING -> skipped();
            case RUNNING -> ended(how, attempt, startedAt, at, detail);
            case SUCCEEDED, FAILED, SKIPPED, CANCELLED -> this;
        };
    }
}
