package io.nodeledger.simulators.proxmox.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single thread that owns all state of one simulated cluster, and its clock. Requests, tasks and boots run here one
 * after the other, so nothing else needs a lock.
 */
public final class Timeline implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Timeline.class);

    private final ScheduledThreadPoolExecutor executor;
    private final double scale;
    private volatile @Nullable Thread thread;

    /** A running timeline; {@code scale} multiplies every delay. */
    public Timeline(String name, double scale) {
        this.scale = scale;
        this.executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = Thread.ofPlatform().daemon().name("pve-" + name).unstarted(work);
            thread = made;
            return made;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    public Instant now() {
        return Instant.now();
    }

    /** The real time that a delay takes here. */
    public Duration scaled(Duration delay) {
        return Duration.ofNanos((long) (delay.toNanos() * scale));
    }

    /** Runs the work soon, on this timeline; dropped when the cluster is being closed. */
    public void execute(Runnable work) {
        try {
            executor.execute(() -> run(work));
        } catch (RejectedExecutionException e) {
            LOG.debug("Work came after the end", e);
        }
    }

    /** Runs the work at that moment, or soon when it has passed. */
    public Timer at(Instant moment, Runnable work) {
        long nanos = Math.max(0, Duration.between(now(), moment).toNanos());
        try {
            var scheduled = executor.schedule(() -> run(work), nanos, TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException e) {
            LOG.debug("Work came after the end", e);
            return () -> {};
        }
    }

    /** Runs the work on this timeline, at once when the caller is on it already. */
    public <T> CompletionStage<T> here(Supplier<CompletionStage<T>> work) {
        return Thread.currentThread() == thread
                ? work.get()
                : CompletableFuture.supplyAsync(work, executor).thenCompose(stage -> stage);
    }

    /** Runs the work on this timeline and waits for its result; may be called from any thread. */
    public <T> T call(Supplier<T> work) {
        if (Thread.currentThread() == thread) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, executor).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Lets the work at hand end; whatever was planned for later is dropped. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("The simulated cluster did not come to rest in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("The simulated cluster failed", e);
        }
    }

    /** Something planned for later. */
    @FunctionalInterface
    public interface Timer {
        void cancel();
    }
}
