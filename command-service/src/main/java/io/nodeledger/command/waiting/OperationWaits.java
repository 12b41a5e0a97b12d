package io.nodeledger.command.waiting;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.base.wakeup.WakingEventStore;
import io.nodeledger.events.node.NodeStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Holds answers as {@code Prefer: wait=N} asks (source: API decisions, "Operations"). A commit of events, here or in
 * another instance, makes one thread read for all who wait; these hold a virtual thread each and no connection.
 */
public final class OperationWaits implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(OperationWaits.class);

    /** Under a stream of commits the events are read this often and no oftener. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final NewEvents events;
    private final Wakeups wakeups;
    private final Semaphore places;
    private final Semaphore news = new Semaphore(0);
    private final Set<OperationWait> waits = ConcurrentHashMap.newKeySet();
    private @Nullable Thread watching;
    private @Nullable Subscription subscription;
    private volatile boolean running;

    OperationWaits(NewEvents events, Wakeups wakeups, WaitSettings settings) {
        this.events = events;
        this.wakeups = wakeups;
        this.places = new Semaphore(settings.atOnce());
    }

    /**
     * Waits as long as the request prefers, and says so with the answer.
     *
     * @param status the node's status as the command left it
     * @param sequence the command's last event in the node's stream
     * @return how the operation ended; empty when it goes on, or when the request would not or may not wait
     */
    public Optional<EndedOperation> until(
            HttpServletRequest request, String nodeId, String operationId, NodeStatus status, long sequence) {
        return WaitPreference.of(request).flatMap(seconds -> {
            if (!places.tryAcquire()) {
                return Optional.empty();
            }
            try {
                return await(new OperationWait(nodeId, operationId, status, sequence), seconds);
            } finally {
                places.release();
            }
        });
    }

    /** How many wait now. */
    int waiting() {
        return waits.size();
    }

    private Optional<EndedOperation> await(OperationWait wait, int seconds) {
        waits.add(wait);
        try {
            if (!running) {
                return Optional.empty();
            }
            applied(seconds);
            news.release();
            return wait.await(Duration.ofSeconds(seconds));
        } finally {
            waits.remove(wait);
        }
    }

    @Override
    public synchronized void start() {
        running = true;
        subscription = wakeups.listen(WakingEventStore.EVENTS, this::hear);
        watching = Thread.ofVirtual().name("operation-waits").start(this::watch);
    }

    /** Lets everybody go with what there is, so that a service that stops answers at once. */
    @Override
    public synchronized void stop() {
        running = false;
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        if (watching != null) {
            watching.interrupt();
            watching = null;
        }
        waits.forEach(OperationWait::giveUp);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server waits for its requests to end. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }

    private void hear() {
        if (!waits.isEmpty()) {
            news.release();
        }
    }

    private void watch() {
        try {
            while (true) {
                news.acquire();
                news.drainPermits();
                look();
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        var all = List.copyOf(waits);
        if (all.isEmpty()) {
            return;
        }
        try {
            events.tell(all);
        } catch (RuntimeException unreadable) {
            // Whatever it is, the others' waits go on; in the worst case they end with the 202 of any other request.
            log.warn("Events can't be read for those who wait; the next wake-up tries again", unreadable);
        }
    }

    private static void applied(int seconds) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
                && current.getResponse() != null) {
            current.getResponse().setHeader(WaitPreference.APPLIED, "wait=" + seconds);
        }
    }
}
