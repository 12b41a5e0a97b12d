package io.nodeledger.base.wakeup;

import io.nodeledger.base.settings.DatabaseSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.axonframework.common.IdentifierFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the threads behind {@link Wakeups}: the sender, the listener and the fallback poll. */
final class WakeupExchange implements SmartLifecycle {

    private final Wakeups wakeups;
    private final WakeupNotifier notifier;
    private final WakeupListener listener;
    private final Duration poll;
    private final List<Thread> threads = new ArrayList<>();

    WakeupExchange(Supplier<DatabaseSettings> database, Duration poll) {
        var origin = IdentifierFactory.getInstance().generateIdentifier();
        var connections = new WakeupConnections(database);
        this.poll = poll;
        this.notifier = new WakeupNotifier(connections, origin);
        this.wakeups = new Wakeups(notifier::enqueue);
        this.listener = new WakeupListener(connections, origin, wakeups);
    }

    Wakeups wakeups() {
        return wakeups;
    }

    @Override
    public synchronized void start() {
        if (!threads.isEmpty()) {
            return;
        }
        threads.add(Thread.ofVirtual().name("wakeup-notifier").start(notifier));
        threads.add(Thread.ofVirtual().name("wakeup-listener").start(listener));
        threads.add(Thread.ofVirtual().name("wakeup-poll").start(this::poll));
    }

    @Override
    public synchronized void stop() {
        listener.stop();
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return !threads.isEmpty();
    }

    /** Before everything that waits for wake-ups, and after all of it at the end. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE + 1000;
    }

    private void poll() {
        try {
            while (true) {
                Thread.sleep(poll);
                wakeups.wakeAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
