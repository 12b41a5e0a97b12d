package io.nodeledger.query.stream;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.base.wakeup.WakingEventStore;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.query.stream.Trail.Happened;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Reads the trail once for all streams of this instance, whichever instance wrote, and hands out what concerns each. While
 * nobody listens it reads nothing.
 */
final class StreamFeed implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFeed.class);
    private static final int PAGE = 500;
    /** Between an event and the row that is read here lies a moment, in which it is looked for often. */
    private static final long EAGER_NANOS = Duration.ofMillis(500).toNanos();

    private static final Duration EAGER_PAUSE = Duration.ofMillis(15);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Trail trail;
    private final Wakeups wakeups;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Map<String, Set<StreamReader>> readers = new ConcurrentHashMap<>();
    private long position;
    private long eagerUntil;
    private volatile boolean running;
    private @Nullable Thread thread;
    private @Nullable Subscription subscription;

    StreamFeed(Trail trail, Wakeups wakeups) {
        this.trail = trail;
        this.wakeups = wakeups;
    }

    /**
     * Hands a reader everything after the position that is answered, and nothing up to it.
     *
     * @throws DataAccessException when the database does not tell where the trail ends
     * @throws ApiException 503 when this instance is being stopped
     */
    long join(StreamReader reader) {
        // Not under the lock, which those who commit have to take.
        long reached = trail.reached();
        lock.lock();
        try {
            if (!running) {
                throw new ApiException(ApiError.unavailable(TRY_AGAIN));
            }
            if (readers.isEmpty()) {
                position = reached;
            }
            readers.computeIfAbsent(reader.workspaceId(), _ -> ConcurrentHashMap.newKeySet())
                    .add(reader);
            news.signal();
            return position;
        } finally {
            lock.unlock();
        }
    }

    void leave(StreamReader reader) {
        lock.lock();
        try {
            readers.computeIfPresent(reader.workspaceId(), (_, all) -> {
                all.remove(reader);
                return all.isEmpty() ? null : all;
            });
        } finally {
            lock.unlock();
        }
    }

    /** The workspaces that are listened to, with their readers. */
    Map<String, Set<StreamReader>> readers() {
        return readers;
    }

    @Override
    public void start() {
        running = true;
        subscription = wakeups.listen(WakingEventStore.EVENTS, this::wake);
        thread = Thread.ofVirtual().name("stream-feed").start(this::run);
    }

    private void wake() {
        lock.lock();
        try {
            eagerUntil = System.nanoTime() + EAGER_NANOS;
            news.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        boolean failing = false;
        try {
            while (running) {
                try {
                    pause();
                    deliver();
                    failing = false;
                } catch (DataAccessException failure) {
                    if (!failing) {
                        LOG.warn("Live streams stand still: {}", failure.getMessage());
                    }
                    failing = true;
                } catch (RuntimeException unexpected) {
                    if (!failing) {
                        LOG.error("Live streams stand still", unexpected);
                    }
                    failing = true;
                }
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() throws InterruptedException {
        boolean eager;
        lock.lock();
        try {
            long idle = IDLE.toNanos();
            while (running && readers.isEmpty() && idle > 0) {
                idle = news.awaitNanos(idle);
            }
            if (readers.isEmpty()) {
                return;
            }
            long left = PAUSE.toNanos();
            while (running && left > 0 && !isEager()) {
                left = news.awaitNanos(left);
            }
            eager = isEager();
        } finally {
            lock.unlock();
        }
        if (eager) {
            Thread.sleep(EAGER_PAUSE);
        }
    }

    private boolean isEager() {
        return System.nanoTime() - eagerUntil < 0;
    }

    /** The first reader after a while moves the position on; then what was read from the old one is nobody's. */
    private void deliver() {
        // Also while nobody listens, now and then: the order is followed a look at a time.
        long reached = trail.reached();
        long from = position();
        if (readers.isEmpty()) {
            return;
        }
        while (running && from < reached) {
            List<Happened> page = trail.everywhere(from, reached, PAGE);
            lock.lock();
            try {
                if (position != from) {
                    return;
                }
                page.forEach(happened -> readers.getOrDefault(happened.workspaceId(), Set.of())
                        .forEach(reader -> reader.offer(happened.message())));
                position = page.size() < PAGE ? reached : page.getLast().position();
                from = position;
            } finally {
                lock.unlock();
            }
        }
    }

    private long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        lock.lock();
        try {
            running = false;
            readers.values().forEach(all -> all.forEach(StreamReader::end));
        } finally {
            lock.unlock();
        }
        if (subscription != null) {
            subscription.close();
        }
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server stops, which waits for requests that are under way. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
