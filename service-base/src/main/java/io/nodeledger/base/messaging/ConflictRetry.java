package io.nodeledger.base.messaging;

import io.nodeledger.base.settings.EventStoreSettings;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tries again what lost against another instance, after a pause that doubles and is spread at random.
 *
 * <p>The command gateway uses it by itself for commands that are their own transaction. Whoever runs a command inside a
 * larger transaction uses {@link #call(Supplier)} around all of it: that transaction is lost with the conflict, and a
 * retry on another thread would run outside of it.
 */
public final class ConflictRetry implements RetryScheduler, AutoCloseable {

    private static final int THREADS = 8;

    private final int retries;
    private final long backoffMillis;
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(
            THREADS, Thread.ofVirtual().name("command-retry-", 0).factory());

    ConflictRetry(EventStoreSettings settings) {
        this.retries = settings.conflictRetries();
        this.backoffMillis = settings.conflictBackoff().toMillis();
    }

    /**
     * Runs a whole transaction, again when it lost against another one.
     *
     * @param transaction begins, ends and can repeat the transaction
     * @throws RuntimeException what the last attempt threw
     */
    public <T> T call(Supplier<T> transaction) {
        for (var attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (attempt > retries || !Conflicts.isConflict(e)) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public boolean scheduleRetry(
            CommandMessage command,
            RuntimeException lastFailure,
            List<Class<? extends Throwable>[]> failures,
            Runnable dispatch) {
        if (failures.size() > retries
                || !Conflicts.isConflict(lastFailure)
                || TransactionSynchronizationManager.isActualTransactionActive()) {
            return false;
        }
        try {
            var scheduled = executor.schedule(dispatch, pauseMillis(failures.size()), TimeUnit.MILLISECONDS);
            return !scheduled.isCancelled();
        } catch (RejectedExecutionException e) {
            lastFailure.addSuppressed(e);
            return false;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void pause(int attempt, RuntimeException failure) {
        try {
            Thread.sleep(pauseMillis(attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    private long pauseMillis(int attempt) {
        var ceiling = backoffMillis << Math.min(attempt - 1, 10);
        return ThreadLocalRandom.current().nextLong(ceiling / 2 + 1, ceiling + 2);
    }
}
