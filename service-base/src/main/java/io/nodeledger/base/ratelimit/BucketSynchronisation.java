package io.nodeledger.base.ratelimit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Runs {@link SharedBuckets} beside the requests. Without the database each instance counts for itself. */
final class BucketSynchronisation implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BucketSynchronisation.class);

    private final SharedBuckets shared;
    private final Duration every;
    private final Duration window;
    private volatile @Nullable ScheduledExecutorService running;

    BucketSynchronisation(SharedBuckets shared, RateLimitSettings settings) {
        this.shared = shared;
        this.every = settings.synchronise();
        this.window = settings.window();
    }

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("rate-limits-", 0).daemon().factory());
        long millis = every.toMillis();
        var _ = executor.scheduleWithFixedDelay(
                () -> attempt(shared::synchronise), millis, millis, TimeUnit.MILLISECONDS);
        var _ = executor.scheduleWithFixedDelay(
                () -> attempt(() -> shared.forget(window)),
                window.toMillis(),
                window.toMillis(),
                TimeUnit.MILLISECONDS);
        running = executor;
    }

    @Override
    public synchronized void stop() {
        var executor = running;
        if (executor != null) {
            executor.shutdownNow();
            running = null;
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }

    private static void attempt(Runnable round) {
        try {
            round.run();
        } catch (DataAccessException outOfReach) {
            log.warn("Rate limits can't be shared now, each instance counts for itself: {}", outOfReach.toString());
        } catch (RuntimeException unexpected) {
            log.error("Rate limits can't be shared now, each instance counts for itself", unexpected);
        }
    }
}
