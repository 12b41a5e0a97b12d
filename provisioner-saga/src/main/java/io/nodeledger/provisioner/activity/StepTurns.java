package io.nodeledger.provisioner.activity;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets a few steps at a time begin, so that hundreds that are due at once leave processors to requests and projections. A
 * turn is over when its step ends or has taken so long that it must be waiting for a provider: one that hangs keeps nobody
 * else from going on.
 */
final class StepTurns implements AutoCloseable {
    /** Longer than a step computes, shorter than a provider that answers late. */
    static final Duration LONGEST_TURN = Duration.ofMillis(250);

    private final Semaphore free;
    private final Duration longest;
    private final ScheduledThreadPoolExecutor ends;

    StepTurns(int atATime) {
        this(atATime, LONGEST_TURN);
    }

    StepTurns(int atATime, Duration longest) {
        this.free = new Semaphore(atATime, true);
        this.longest = longest;
        this.ends = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("ends-of-turns").factory());
        ends.setRemoveOnCancelPolicy(true);
    }

    /**
     * Does the work when it is its turn.
     *
     * @throws InterruptedException when the instance stops before
     */
    <T, E extends Exception> T take(ScopedValue.CallableOp<T, E> work) throws E, InterruptedException {
        free.acquire();
        var over = new AtomicBoolean();
        Runnable end = () -> {
            if (over.compareAndSet(false, true)) {
                free.release();
            }
        };
        var latest = ends.schedule(end, longest.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.call();
        } finally {
            latest.cancel(false);
            end.run();
        }
    }

    /** How many more steps could begin. */
    int free() {
        return free.availablePermits();
    }

    @Override
    public void close() {
        ends.shutdownNow();
    }
}
