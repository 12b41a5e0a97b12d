package io.nodeledger.simulators.proxmox.task;

import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Named exclusive locks, granted in the order of asking. */
public final class Locks {
    private final Timeline timeline;
    private final Map<String, Deque<Waiter>> queues = new HashMap<>();

    public Locks(Timeline timeline) {
        this.timeline = timeline;
    }

    /**
     * Takes all locks one after the other.
     *
     * @param granted gets what releases them
     * @param refused gets the refusal's text when one was not free in time; none is held then
     */
    public void acquire(List<Wanted> wanted, Consumer<Runnable> granted, Consumer<String> refused) {
        next(wanted, 0, new ArrayList<>(), granted, refused);
    }

    private void next(
            List<Wanted> wanted, int index, List<Runnable> held, Consumer<Runnable> granted, Consumer<String> refused) {
        Runnable release = () -> held.reversed().forEach(Runnable::run);
        if (index == wanted.size()) {
            granted.accept(release);
            return;
        }
        Wanted lock = wanted.get(index);
        Waiter waiter = new Waiter();
        waiter.granted = () -> {
            held.add(() -> release(lock.name(), waiter));
            next(wanted, index + 1, held, granted, refused);
        };
        Deque<Waiter> queue = queues.computeIfAbsent(lock.name(), _ -> new ArrayDeque<>());
        queue.add(waiter);
        if (queue.peek() == waiter) {
            waiter.grant();
            return;
        }
        Duration patience = lock.patience();
        if (patience != null) {
            waiter.timer = timeline.at(timeline.now().plus(timeline.scaled(patience)), () -> {
                queue.remove(waiter);
                release.run();
                refused.accept("can't lock file '" + lock.name() + "' - got timeout");
            });
        }
    }

    private void release(String name, Waiter holder) {
        Deque<Waiter> queue = queues.get(name);
        if (queue == null || queue.peek() != holder) {
            return;
        }
        queue.remove();
        Waiter following = queue.peek();
        if (following == null) {
            queues.remove(name);
        } else {
            following.grant();
        }
    }

    /** A lock's file name, and how long to wait for it, before scaling; null waits for ever. */
    public record Wanted(String name, @Nullable Duration patience) {
        /** The lock on one machine's configuration. */
        public static Wanted machine(int vmId, Duration patience) {
            return new Wanted("/var/lock/qemu-server/lock-" + vmId + ".conf", patience);
        }
    }

    private static final class Waiter {
        private Runnable granted = () -> {};
        private Timeline.@Nullable Timer timer;

        void grant() {
            if (timer != null) {
                timer.cancel();
            }
            granted.run();
        }
    }
}
