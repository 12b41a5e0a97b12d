package io.nodeledger.base.wakeup;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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

    private final ConcurrentHashMap<String, Channel> channels = new ConcurrentHashMap<>();
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

    /** The same for the listeners in this JVM only; the others look by themselves. */
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
        var listeners = channels.computeIfAbsent(channel, _ -> new Channel()).listeners;
        var key = new Object();
        listeners.put(key, listener);
        return () -> listeners.remove(key);
    }

    /** How often a channel's listeners were woken; it has grown when they are. 0 while nobody has listened yet. */
    long wakings(String channel) {
        var woken = channels.get(channel);
        return woken == null ? 0 : woken.wakings.get();
    }

    /** Wakes this JVM's listeners of a channel. */
    void wake(String channel) {
        var woken = channels.get(channel);
        if (woken != null) {
            woken.wake();
        }
    }

    /** Wakes every listener of this JVM. */
    void wakeAll() {
        channels.values().forEach(Channel::wake);
    }

    private static void run(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.warn("A listener failed to wake up; it will be woken again at the fallback interval", e);
        }
    }

    private static final class Channel {
        private final AtomicLong wakings = new AtomicLong();
        private final Map<Object, Runnable> listeners = new ConcurrentHashMap<>();

        void wake() {
            wakings.incrementAndGet();
            listeners.values().forEach(Wakeups::run);
        }
    }
}
