package io.nodeledger.base.background;

import io.nodeledger.base.eventstore.NewerEvent;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Does something again and again while the application runs. A round that fails is told, once until one has worked again,
 * and the next one tries anew: a scheduler by itself drops a task that has thrown, without a word.
 */
public final class RepeatedTask implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedTask.class);

    private final String name;
    private final Duration first;
    private final Duration pause;
    private final Runnable round;
    private boolean failing;
    private volatile @Nullable ScheduledExecutorService thread;

    /**
     * A task that has not begun.
     *
     * @param name what it is called in the log, and its thread
     * @param first before the first round
     * @param pause from the end of a round to the next one
     */
    public RepeatedTask(String name, Duration first, Duration pause, Runnable round) {
        this.name = name;
        this.first = first;
        this.pause = pause;
        this.round = round;
    }

    /** A task whose first round comes after a pause, too. */
    public RepeatedTask(String name, Duration pause, Runnable round) {
        this(name, pause, pause, round);
    }

    @Override
    public synchronized void start() {
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
        var _ = executor.scheduleWithFixedDelay(
                this::attempt, first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        thread = executor;
    }

    private void attempt() {
        try {
            round.run();
            failing = false;
        } catch (RuntimeException failure) {
            if (!failing && isRunning()) {
                tell(failure);
            }
            failing = true;
        }
    }

    /** A database out of reach and an event of a newer version are nobody's mistake here, and need no stack trace. */
    private void tell(RuntimeException failure) {
        if (failure instanceof DataAccessException || failure instanceof NewerEvent) {
            LOG.warn("{} can't be done now, the next round tries again: {}", name, failure.toString());
        } else {
            LOG.error("{} can't be done now, the next round tries again", name, failure);
        }
    }

    @Override
    public synchronized void stop() {
        var executor = thread;
        thread = null;
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
