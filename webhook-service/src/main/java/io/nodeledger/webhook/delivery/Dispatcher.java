package io.nodeledger.webhook.delivery;

import io.nodeledger.base.eventstore.ConnectionPools;
import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.webhook.secret.UnreadableSecret;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Opens a lane for each endpoint that something is due for and that no other instance serves, so many at a time. */
final class Dispatcher implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int STOP_SECONDS = 4;

    /** Endpoints that are served at a time; others wait for a turn. */
    static final int MOST_SERVED = 500;

    private static final int PROLONGS_IN_A_LEASE = 5;

    /** What fails for another reason than an outage, as a secret that no key opens, fails again soon. */
    private static final Duration AFTER_A_MISTAKE = Duration.ofSeconds(30);

    private final Ownership ownership;
    private final Function<String, Lane> lanes;
    private final Wakeups wakeups;
    private final DeliverySettings settings;
    private final Semaphore news = new Semaphore(0);
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ExecutorService running;
    private volatile boolean crowded;
    private long prolongedAt = System.nanoTime();
    private @Nullable Subscription subscription;
    private boolean failing;

    /** @param lanes opens a lane for the endpoint of that id */
    Dispatcher(Ownership ownership, Function<String, Lane> lanes, Wakeups wakeups, DeliverySettings settings) {
        this.ownership = ownership;
        this.lanes = lanes;
        this.wakeups = wakeups;
        this.settings = settings;
    }

    @Override
    public synchronized void start() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        running = threads;
        subscription = wakeups.listen(DeliveryQueue.CHANNEL, news::release);
        threads.execute(() -> run(threads));
    }

    private void run(ExecutorService threads) {
        while (!threads.isShutdown()) {
            try {
                news.drainPermits();
                prolong();
                claim(threads);
                failing = false;
                var _ = news.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException failure) {
                // Whatever it was: without this loop nothing would be sent any more.
                pause(failure);
            }
        }
    }

    private void prolong() {
        long now = System.nanoTime();
        if (now - prolongedAt > settings.lease().toNanos() / PROLONGS_IN_A_LEASE) {
            ownership.prolong(served);
            prolongedAt = now;
        }
    }

    private void claim(ExecutorService threads) {
        int room = MOST_SERVED - served.size();
        crowded = room == 0;
        if (room > 0) {
            ownership.claim(served, room).forEach(endpoint -> open(endpoint, threads));
        }
    }

    private void pause(RuntimeException failure) {
        if (!failing) {
            LOG.warn("Webhooks wait, nothing is lost: {}", failure.toString());
        }
        failing = true;
        rest(settings.poll());
    }

    private static void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void open(String endpointId, ExecutorService threads) {
        served.add(endpointId);
        threads.execute(() -> {
            try {
                serve(endpointId);
            } catch (InterruptedException stopping) {
                LOG.debug("Stops sending to {}", endpointId);
            } catch (DataAccessException outage) {
                LOG.warn("{} is sent nothing for now, what is due stays due: {}", endpointId, outage.toString());
                rest(settings.poll());
            } catch (UnreadableSecret told) {
                // By the secrets' health, for all at once.
                LOG.debug("{} is sent nothing for now, what is due stays due", endpointId, told);
                rest(AFTER_A_MISTAKE);
            } catch (RuntimeException failure) {
                LOG.error("{} is sent nothing for now, what is due stays due", endpointId, failure);
                rest(AFTER_A_MISTAKE);
            } finally {
                close(endpointId);
            }
        });
    }

    /** Many serve at once: the connections that others wait for are not theirs. */
    private void serve(String endpointId) throws InterruptedException {
        Lane lane = lanes.apply(endpointId);
        ConnectionPools.<@Nullable Object, InterruptedException>inCrowd(() -> {
            lane.serve(() -> crowded);
            return null;
        });
    }

    /** Given up before it can be claimed again; what has become due meanwhile must not wait for the next look. */
    private void close(String endpointId) {
        try {
            ownership.release(endpointId);
        } catch (DataAccessException outage) {
            LOG.debug("{} is released when its lease ends", endpointId, outage);
        }
        served.remove(endpointId);
        news.release();
    }

    @Override
    public synchronized void stop() {
        var threads = running;
        var listening = subscription;
        running = null;
        if (listening != null) {
            listening.close();
        }
        if (threads != null) {
            threads.shutdownNow();
            try {
                var _ = threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running != null;
    }
}
