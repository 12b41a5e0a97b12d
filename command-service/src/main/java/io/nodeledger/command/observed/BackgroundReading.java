package io.nodeledger.command.observed;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Reads something again and again while the application runs. */
public abstract class BackgroundReading implements SmartLifecycle {
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

    /** Reads once; what it throws ends all further readings. */
    protected abstract void refresh();

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        var _ = executor.scheduleWithFixedDelay(this::refresh, 0, every.toMillis(), TimeUnit.MILLISECONDS);
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
