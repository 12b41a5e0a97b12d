package io.nodeledger.simulators.kubernetes.controller;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which controllers, kubelets and timers of a cluster run. Controllers are level-triggered: a change
 * anywhere asks for one more pass over all of them, and a burst of changes shares a pass.
 */
public final class ControlLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ControlLoop.class);
    private static final int PAUSE_PER_PASS = 5;
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final ScheduledThreadPoolExecutor executor;
    private final List<Runnable> controllers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final double timeScale;
    private volatile long lastPassNanos;

    /** @param timeScale multiplies every delay; 0 means none */
    public ControlLoop(String name, double timeScale) {
        this.timeScale = timeScale;
        this.executor = new ScheduledThreadPoolExecutor(1, runnable -> {
            Thread thread = new Thread(runnable, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Adds a controller to each pass; the order of adding is the order of running. */
    public void add(Runnable controller) {
        controllers.add(controller);
    }

    /** Asks for a pass soon: the longer a pass takes, the more changes wait for the next one to share it. */
    public void trigger() {
        if (asked.compareAndSet(false, true)) {
            after(Duration.ofNanos(Math.min(lastPassNanos * PAUSE_PER_PASS, LONGEST_PAUSE.toNanos())), this::pass);
        }
    }

    private void pass() {
        asked.set(false);
        long begin = System.nanoTime();
        controllers.forEach(ControlLoop::guarded);
        lastPassNanos = System.nanoTime() - begin;
    }

    /** A nominal duration as it passes here. */
    public Duration scaled(Duration nominal) {
        return Duration.ofNanos((long) (nominal.toNanos() * timeScale));
    }

    public Duration scaled(Duration nominal, Duration atLeast) {
        Duration scaled = scaled(nominal);
        return scaled.compareTo(atLeast) < 0 ? atLeast : scaled;
    }

    /** Runs work on the loop's thread. */
    public void run(Runnable work) {
        after(Duration.ZERO, work);
    }

    /** Runs work after a real (already scaled) delay. */
    public void after(Duration delay, Runnable work) {
        try {
            var _ = executor.schedule(() -> guarded(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            log.debug("The control loop is closed: {}", closed.getMessage());
        }
    }

    public void every(Duration period, Runnable work) {
        var _ = executor.scheduleWithFixedDelay(
                () -> guarded(work), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException bug) {
            log.error("A controller of the simulated cluster failed; it runs again at the next change", bug);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("The control loop did not end within 5 s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
