package io.nodeledger.query.projection;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs a pooled processor's coordinator. When a work package's buffer is full the coordinator waits a fixed 100 ms,
 * which costs two thirds of a rebuild's throughput; that one wait is made shorter.
 */
final class PromptCoordinator extends ScheduledThreadPoolExecutor {
    private static final long FULL_BUFFER_MILLIS = 100;
    private static final long PROMPT_MILLIS = 5;

    PromptCoordinator(String name) {
        super(1, Thread.ofPlatform().daemon().name(name).factory());
        setRemoveOnCancelPolicy(true);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return unit.toMillis(delay) == FULL_BUFFER_MILLIS
                ? super.schedule(command, PROMPT_MILLIS, TimeUnit.MILLISECONDS)
                : super.schedule(command, delay, unit);
    }
}
