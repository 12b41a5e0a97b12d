package io.nodeledger.base.messaging;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A scheduler for processors that shortens the coordinator's fixed pause.
 *
 * <p>When the buffer of a work package is full the coordinator sleeps 100 ms, in which its workers run dry: a rebuild is
 * three times faster when it looks again after a few. Longer delays (claims, back-off) are kept.
 */
public final class PromptScheduler extends ScheduledThreadPoolExecutor {

    private static final long COORDINATOR_PAUSE_MILLIS = 100;
    private static final long PROMPT_MILLIS = 5;

    /**
     * A scheduler of its own daemon threads.
     *
     * @param threads how many
     * @param name what their names begin with
     */
    public PromptScheduler(int threads, String name) {
        this(threads, name, Runnable::run);
    }

    /**
     * The same, each thread within a scope.
     *
     * @param scope runs what a thread does in all its life
     */
    public PromptScheduler(int threads, String name, Consumer<Runnable> scope) {
        super(
                threads,
                within(scope, Thread.ofPlatform().name(name + "-", 0).daemon().factory()));
        setRemoveOnCancelPolicy(true);
        setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory within(Consumer<Runnable> scope, ThreadFactory threads) {
        return work -> threads.newThread(() -> scope.accept(work));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        var millis = unit.toMillis(delay);
        if (millis > PROMPT_MILLIS && millis <= COORDINATOR_PAUSE_MILLIS) {
            return super.schedule(task, PROMPT_MILLIS, TimeUnit.MILLISECONDS);
        }
        return super.schedule(task, delay, unit);
    }

    /** Does now what waits for its time: whoever ends a processor need not sit out its back-off. */
    public void hurry() {
        for (Runnable waiting : getQueue()) {
            if (getQueue().remove(waiting)) {
                execute(waiting);
            }
        }
    }
}
