package io.nodeledger.provisioner.activity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Which time is a step's own, when it is up, and how long to pause after failures of ours. */
final class StepTimes {
    /** A row that is picked this much later than it was due was not held up by load. */
    private static final Duration OUTAGE = Duration.ofSeconds(10);

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(10);
    private static final int TOLD_AFTER_PART = 20;

    private static final Duration FAILURE_PAUSE = Duration.ofMillis(500);
    private static final int LONGEST_PAUSE_AFTER = 7;

    private final InstantSource clock;

    StepTimes(InstantSource clock) {
        this.clock = clock;
    }

    /** The time in which nobody worked on it, because everything was down, is not the step's. */
    StepTask withoutOutage(StepTask task, Instant due) {
        Duration late = Duration.between(due, clock.instant());
        return late.compareTo(OUTAGE) < 0
                ? task
                : task.startedAt(task.startedAt().plus(late));
    }

    /** A clock that was set back has not given the step more time. */
    StepTask withoutClockSetBack(StepTask task) {
        Instant now = clock.instant();
        return task.startedAt().isAfter(now) ? task.startedAt(now) : task;
    }

    boolean isOver(StepTask task, StepLimits limits) {
        return clock.instant().isAfter(task.startedAt().plus(limits.deadline()));
    }

    /** Whether people are to learn now what the step waits for: soon, and then seldomer the longer it waits. */
    boolean isToBeTold(StepTask task, StepLimits limits) {
        Duration first = shorter(limits.deadline().dividedBy(TOLD_AFTER_PART), TOLD_WITHIN);
        Instant told = task.toldAt();
        Instant since = told == null ? task.startedAt() : told;
        Duration waitedThen = Duration.between(task.startedAt(), since);
        Instant next = since.plus(waitedThen.compareTo(first) < 0 ? first : waitedThen);
        return !clock.instant().isBefore(next);
    }

    /** The pause after so many failures in a row that were neither the step's nor a provider's: 64 s at most. */
    static Duration pauseAfter(int failures) {
        return FAILURE_PAUSE.multipliedBy(1L << Math.min(failures, LONGEST_PAUSE_AFTER));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
