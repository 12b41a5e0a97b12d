package io.nodeledger.webhook.delivery;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Opens a lane for each endpoint that something is due for and that no other instance serves. */
final class Dispatcher implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final int STOP_SECONDS = 3;

    /** What fails for another reason than an outage, as a secret that no key opens, fails again soon. */
    private static final Duration AFTER_A_MISTAKE = Duration.ofSeconds(30);

    private final Ownership ownership;
    private final Lane lane;
    private final Wakeups wakeups;
    private final Duration poll;
    private final Semaphore news = new Semaphore(0);
    private final Set<String> served = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ExecutorService lanes;
    private @Nullable Subscription subscription;
    private boolean failing;

    Dispatcher(Ownership ownership, Lane lane, Wakeups wakeups, Duration poll) {
        this.ownership = ownership;
        this.lane = lane;
        this.wakeups = wakeups;
        this.poll = poll;
    }

    @Override
    public synchronized void start() {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        lanes = threads;
        subscription = wakeups.listen(DeliveryQueue.CHANNEL, news::release);
        threads.execute(() -> run(threads));
    }

    private void run(ExecutorService threads) {
        while (!threads.isShutdown()) {
            try {
                news.drainPermits();
                ownership.prolong(served);
                ownership.claim(served).forEach(endpoint -> open(endpoint, threads));
                failing = false;
                var _ = news.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                return;
            } catch (RuntimeException failure) {
                // Whatever it was: without this loop nothing would be sent any more.
                pause(failure);
            }
        }
    }

    private void pause(RuntimeException failure) {
        if (!failing) {
            LOG.warn("Webhooks wait, nothing is lost: {}", failure.toString());
        }
        failing = true;
        rest(poll);
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
                lane.serve(endpointId);
            } catch (InterruptedException stopping) {
                LOG.debug("Stops sending to {}", endpointId);
            } catch (DataAccessException outage) {
                LOG.warn("{} is sent nothing for now, what is due stays due: {}", endpointId, outage.toString());
                rest(poll);
            } catch (RuntimeException failure) {
                LOG.error("{} is sent nothing for now, what is due stays due", endpointId, failure);
                rest(AFTER_A_MISTAKE);
            } finally {
                close(endpointId);
            }
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
        var threads = lanes;
        var listening = subscription;
        lanes = null;
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
        return lanes != null;
    }
}
