package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.world.World;
import io.nodeledger.simulators.request.Interception;
import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Some pods have moved, and the answer to one more eviction is held, so that something can be done in the middle. */
final class HeldMove implements Interceptor, AutoCloseable {
    private static final int BEFORE = 1;

    private final AtomicInteger evictions = new AtomicInteger();
    private final CompletableFuture<Boolean> released = new CompletableFuture<>();
    private final Interception interception;
    private volatile boolean halfWay;

    HeldMove(World world) {
        this.interception = world.kubernetes().intercept(this);
    }

    /** Whether some pods have moved and others have not. */
    boolean isHalfWay() {
        return halfWay;
    }

    @Override
    public CompletionStage<Verdict> around(SeenRequest request, Supplier<CompletionStage<Verdict>> effect) {
        if (!request.path().endsWith("/eviction") || evictions.getAndIncrement() < BEFORE) {
            return effect.get();
        }
        halfWay = true;
        return effect.get().thenCombine(released, (verdict, _) -> verdict);
    }

    /** Lets the answer go, and holds no other one. */
    void release() {
        released.complete(true);
    }

    @Override
    public void close() {
        interception.close();
        release();
    }
}
