package io.nodeledger.base.wakeup;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingEventStream;
import org.axonframework.eventhandling.TrackingToken;
import org.jspecify.annotations.Nullable;

/**
 * The global order from a token onwards. At its end it asks the database again only after a wake-up, so a reader that
 * is up to date costs nothing but the fallback poll.
 */
final class WokenStream implements TrackingEventStream {

    private final TailReads reads;
    private final Subscription subscription;
    private final Semaphore wakings = new Semaphore(0);
    private volatile boolean woken = true;
    private volatile @Nullable Runnable onAvailable;
    private @Nullable TrackingToken position;
    private @Nullable Iterator<? extends TrackedEventMessage<?>> events;
    private @Nullable TrackedEventMessage<?> next;

    WokenStream(TailReads reads, @Nullable TrackingToken position, Wakeups wakeups) {
        this.reads = reads;
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
        var deadline = System.nanoTime() + unit.toNanos(timeout);
        while (!advance()) {
            var left = deadline - System.nanoTime();
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
        var event = java.util.Objects.requireNonNull(next);
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

    private boolean advance() {
        try {
            while (next == null && (events != null || woken)) {
                var reading = events == null ? read() : events;
                if (reading.hasNext()) {
                    next = PlacedEvent.after(position, reading.next());
                    position = next.trackingToken();
                } else {
                    events = null;
                }
            }
            return next != null;
        } catch (RuntimeException e) {
            events = null;
            woken = true;
            throw e;
        }
    }

    private Iterator<? extends TrackedEventMessage<?>> read() {
        // Cleared before reading: whatever commits from here on wakes again.
        woken = false;
        var reading = reads.after(position);
        events = reading;
        return reading;
    }
}
