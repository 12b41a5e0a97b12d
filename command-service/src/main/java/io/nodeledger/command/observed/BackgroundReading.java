package io.nodeledger.command.observed;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads something again and again while the application runs. */
public abstract class BackgroundReading implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(BackgroundReading.class);

    private final String name;
    private final Duration every;
    private volatile @Nullable ScheduledExecutorService reading;

    /**
     * A reading.
     *
     * @param name of its thread
     * @param every the pause between two readings
     */
    protected BackgroundReading(String name, Duration every) {
        this.name = name;
        this.every = every;
    }

    /** Reads once. */
    protected abstract void refresh();

    /** A scheduler drops a task that has thrown, without a word. */
    private void attempt() {
        try {
            refresh();
        } catch (RuntimeException unexpected) {
            log.error("{} can't be read now, the next round tries again", name, unexpected);
        }
    }

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        var _ = executor.scheduleWithFixedDelay(this::attempt, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        reading = executor;
    }

    @Override
    public synchronized void stop() {
        var executor = reading;
        if (executor != null) {
            executor.shutdownNow();
            reading = null;
        }
    }

    @Override
    public boolean isRunning() {
        return reading != null;
    }
}
