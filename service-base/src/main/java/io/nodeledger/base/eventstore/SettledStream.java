package io.nodeledger.base.eventstore;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.base.wakeup.WakingEventStore;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.jspecify.annotations.Nullable;

/**
 * The settled order from a place onwards. It asks the database only after a wake-up, and again a moment later while there are
 * events that are not settled yet. One thread reads it.
 */
final class SettledStream implements TrackingEventStream {
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final Executor A_MOMENT_LATER =
            CompletableFuture.delayedExecutor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);

    private final EventStorageEngine engine;
    private final SettledOrder order;
    private final Subscription subscription;
    private final Semaphore wakings = new Semaphore(0);
    private volatile boolean woken = true;
    private volatile boolean closed;
    private volatile @Nullable Runnable onAvailable;
    private long position;
    private long settled;
    private @Nullable Iterator<? extends TrackedEventMessage<?>> events;
    private @Nullable TrackedEventMessage<?> next;

    SettledStream(EventStorageEngine engine, SettledOrder order, long position, Wakeups wakeups) {
        this.engine = engine;
        this.order = order;
        this.position = position;
        this.subscription = wakeups.listen(WakingEventStore.EVENTS, this::wake);
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        advance();
        return Optional.ofNullable(next);
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!advance()) {
            long left = deadline - System.nanoTime();
            if (left <= 0 || !wakings.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        while (!advance()) {
            wakings.acquire();
        }
        var event = Objects.requireNonNull(next);
        next = null;
        return event;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
        onAvailable = callback;
        return true;
    }

    @Override
    public void close() {
        closed = true;
        subscription.close();
    }

    private void wake() {
        woken = true;
        wakings.drainPermits();
        wakings.release();
        var callback = onAvailable;
        if (callback != null) {
            callback.run();
        }
    }

    private void lookAgain() {
        if (!closed) {
            wake();
        }
    }

    private boolean advance() {
        try {
            while (next == null && (events != null || woken)) {
                var reading = events == null ? read() : events;
                if (reading.hasNext()) {
                    take(reading.next());
                } else {
                    events = null;
                }
            }
            return next != null;
        } catch (RuntimeException failure) {
            events = null;
            woken = true;
            throw failure;
        }
    }

    /** What is not settled yet is read anew, together with what will then be there before it. */
    private void take(TrackedEventMessage<?> event) {
        long index = SettledEvents.indexOf(event.trackingToken());
        if (index <= settled) {
            position = index;
            next = event.withTrackingToken(place(index));
        } else {
            events = null;
            A_MOMENT_LATER.execute(this::lookAgain);
        }
    }

    private Iterator<? extends TrackedEventMessage<?>> read() {
        // Cleared before reading: whatever commits from here on wakes again. Settled before read: all of it is visible
        // then.
        woken = false;
        settled = order.advance();
        var reading = engine.readEvents(place(position), false).iterator();
        events = reading;
        return reading;
    }

    private static GapAwareTrackingToken place(long index) {
        return GapAwareTrackingToken.newInstance(index, Set.of());
    }
}
