package io.nodeledger.command.observed;

import io.nodeledger.base.background.RepeatedTask;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/** Reads something again and again while the application runs. */
public abstract class BackgroundReading implements SmartLifecycle {
    private final String name;
    private final Duration every;
    private volatile @Nullable RepeatedTask reading;

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

    @Override
    public void start() {
        var begun = new RepeatedTask(name, Duration.ZERO, every, this::refresh);
        begun.start();
        reading = begun;
    }

    @Override
    public void stop() {
        var begun = reading;
        if (begun != null) {
            begun.stop();
            reading = null;
        }
    }

    @Override
    public boolean isRunning() {
        return reading != null;
    }
}
