package io.nodeledger.base.wakeup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells those who wait on a channel that there is something new, in this JVM at once and in the others by PostgreSQL.
 *
 * <p>A wake-up is a hint without content: several may melt into one, one may come for nothing, and one may be lost with
 * a connection. So listeners look for themselves, and are also woken at the fallback interval.
 */
public final class Wakeups {

    private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);

    private final ConcurrentHashMap<String, Map<Object, Runnable>> listeners = new ConcurrentHashMap<>();
    private final Consumer<String> others;

    Wakeups(Consumer<String> others) {
        this.others = others;
    }

    /** Wakes this channel's listeners once the current transaction has committed, or now when there is none. */
    public void signal(String channel) {
        afterCommit(() -> {
            wake(channel);
            others.accept(channel);
        });
    }

    /** The same for the listeners in this JVM only; the others look at the fallback interval. */
    public void signalHere(String channel) {
        afterCommit(() -> wake(channel));
    }

    private static void afterCommit(Runnable signal) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    signal.run();
                }
            });
        } else {
            signal.run();
        }
    }

    /**
     * Calls a listener at every wake-up of a channel.
     *
     * @param listener runs on the thread that committed, so it must be quick and must not touch the database
     */
    public Subscription listen(String channel, Runnable listener) {
        var woken = listeners.computeIfAbsent(channel, name -> new ConcurrentHashMap<>());
        var key = new Object();
        woken.put(key, listener);
        return () -> woken.remove(key);
    }

    /** Wakes this JVM's listeners of a channel. */
    void wake(String channel) {
        listeners.getOrDefault(channel, Map.of()).values().forEach(Wakeups::run);
    }

    /** Wakes every listener of this JVM. */
    void wakeAll() {
        listeners.values().forEach(woken -> woken.values().forEach(Wakeups::run));
    }

    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener failed to wake up; it will be woken again at the fallback interval", e);
        }
    }
}
