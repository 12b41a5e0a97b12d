package io.nodeledger.base.denied;

import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.base.security.DeniedAttempt;
import io.nodeledger.base.security.DeniedRequests;
import io.nodeledger.events.identity.Ids;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes down what was denied, beside the requests: an answer waits for no row and fails with none. Without the database rows
 * wait in memory, as many as there is room for.
 */
final class DeniedLog implements DeniedRequests, SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(DeniedLog.class);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ROOM = 10_000;
    private static final int BATCH = 500;

    private final DeniedBound bound;
    private final Consumer<List<DeniedRow>> table;
    private final BlockingQueue<DeniedRow> waiting = new ArrayBlockingQueue<>(ROOM);
    private final List<DeniedRow> unwritten = new ArrayList<>();
    private final AtomicLong lost = new AtomicLong();
    private final RepeatedTask writing = new RepeatedTask("writing of denied attempts", PAUSE, this::write);

    DeniedLog(DeniedBound bound, Consumer<List<DeniedRow>> table) {
        this.bound = bound;
        this.table = table;
    }

    @Override
    public void note(DeniedAttempt attempt) {
        long attempts = bound.rowFor(attempt);
        if (attempts > 0 && !waiting.offer(new DeniedRow(Ids.event(), attempt, attempts))) {
            lost.addAndGet(attempts);
        }
    }

    /** Writes what there is; what could not be written is tried again first. */
    synchronized void write() {
        long none = lost.getAndSet(0);
        if (none > 0) {
            LOG.warn("{} denied attempts are not in the audit: too many waited to be written", none);
        }
        while (!unwritten.isEmpty() || waiting.drainTo(unwritten, BATCH) > 0) {
            table.accept(List.copyOf(unwritten));
            unwritten.clear();
        }
    }

    @Override
    public void start() {
        writing.start();
    }

    @Override
    public void stop() {
        writing.stop();
        try {
            write();
        } catch (DataAccessException | TransactionException failure) {
            LOG.warn("The last denied attempts are not in the audit: {}", failure.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return writing.isRunning();
    }

    /** Stops after the requests, which are denied up to the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
