package io.nodeledger.resilience.crash;

import io.nodeledger.resilience.crash.CrashPoint.Moment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One instance's fuse. All that it does outside of its memory passes here; when the armed point is reached its ports
 * refuse from then on and its connections are cut, as if the process had been killed.
 */
public final class CrashSwitch {
    private final Map<String, Integer> occurrences = new HashMap<>();
    private final List<CrashPoint> passed = new ArrayList<>();
    private final Set<Runnable> cuts = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<CrashPoint> crash = new CompletableFuture<>();
    private @Nullable CrashPoint armed;
    private volatile @Nullable Pause pause;
    private volatile boolean dead;

    /** Counts from here on, and crashes at the point when it comes. */
    public synchronized void arm(@Nullable CrashPoint point) {
        occurrences.clear();
        passed.clear();
        armed = point;
    }

    /** Whoever comes to the point next stands still there. */
    public Pause pauseAt(CrashPoint point) {
        var made = new Pause(point);
        pause = made;
        return made;
    }

    /** The points passed since the switch was last armed, in their order. */
    public synchronized List<CrashPoint> passed() {
        return List.copyOf(passed);
    }

    /** Whether the instance has crashed. */
    public boolean dead() {
        return dead;
    }

    /** Completes with the point at which the instance crashed. */
    public CompletableFuture<CrashPoint> crash() {
        return crash;
    }

    /**
     * An effect is about to take place.
     *
     * @return its number among those of its label, to be handed to {@link #happened}
     * @throws Dead when the instance has crashed, or crashes now
     */
    public int about(String label) throws Dead {
        int occurrence;
        synchronized (this) {
            occurrence = occurrences.merge(label, 1, Integer::sum);
        }
        pass(new CrashPoint(label, occurrence, Moment.BEFORE));
        return occurrence;
    }

    /**
     * An effect has taken place.
     *
     * @throws Dead when the instance has crashed meanwhile, or crashes now
     */
    public void happened(String label, int occurrence) throws Dead {
        pass(new CrashPoint(label, occurrence, Moment.AFTER));
    }

    /** Refuses when the instance has crashed. */
    public void requireAlive() throws Dead {
        if (dead) {
            throw new Dead();
        }
    }

    /** Crashes now, wherever the instance is. */
    public void crashNow() {
        crashAt(new CrashPoint("wherever it was", 1, Moment.BEFORE));
    }

    /** What is to be cut at a crash; at once when that has happened. */
    void cutAtCrash(Runnable cut) {
        cuts.add(cut);
        if (dead) {
            cut.run();
        }
    }

    void forget(Runnable cut) {
        cuts.remove(cut);
    }

    private void pass(CrashPoint point) throws Dead {
        boolean reached;
        synchronized (this) {
            requireAlive();
            passed.add(point);
            reached = point.equals(armed);
            dead |= reached;
        }
        if (reached) {
            crashAt(point);
            throw new Dead();
        }
        Pause here = pause;
        if (here != null) {
            here.passed(point);
            requireAlive();
        }
    }

    private void crashAt(CrashPoint point) {
        dead = true;
        cuts.forEach(Runnable::run);
        crash.complete(point);
    }

    /** The instance has crashed: this port refuses. */
    public static final class Dead extends Exception {
        private static final long serialVersionUID = 1L;

        Dead() {
            super("This instance has crashed");
        }
    }
}
