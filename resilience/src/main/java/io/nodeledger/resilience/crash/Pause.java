package io.nodeledger.resilience.crash;

import java.util.concurrent.CompletableFuture;

/** A thread of an instance stands still at a point, as all of them do in a process that is suspended, until it is let go on. */
public final class Pause {
    private final CrashPoint point;
    private final CompletableFuture<CrashPoint> arrived = new CompletableFuture<>();
    private final CompletableFuture<CrashPoint> released = new CompletableFuture<>();

    Pause(CrashPoint point) {
        this.point = point;
    }

    /** Whether a thread has come to the point. */
    public boolean hasArrived() {
        return arrived.isDone();
    }

    /** Lets it go on; a thread that comes later does not stop. */
    public void goOn() {
        released.complete(point);
    }

    void passed(CrashPoint passed) {
        if (passed.equals(point) && !released.isDone()) {
            arrived.complete(point);
            released.join();
        }
    }
}
