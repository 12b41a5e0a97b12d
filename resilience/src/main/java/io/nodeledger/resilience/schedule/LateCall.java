package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.world.World;
import io.nodeledger.simulators.request.Interception;
import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One call that changes something arrives at its provider, and has its effect only when it is let go. */
final class LateCall implements Interceptor, AutoCloseable {
    private final AtomicInteger before;
    private final CompletableFuture<SeenRequest> arrived = new CompletableFuture<>();
    private final CompletableFuture<Boolean> released = new CompletableFuture<>();
    private final Interception proxmox;
    private final Interception kubernetes;

    private LateCall(World world, int before) {
        this.before = new AtomicInteger(before);
        this.proxmox = world.proxmox().intercept(this);
        this.kubernetes = world.kubernetes().intercept(this);
    }

    /**
     * Holds a call to either provider.
     *
     * @param before how many such calls go through before it
     */
    static LateCall after(int before, World world) {
        return new LateCall(world, before);
    }

    /** Waits for the call; empty when none came. */
    Optional<SeenRequest> await(Duration patience) throws InterruptedException {
        try {
            return Optional.of(arrived.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException none) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public CompletionStage<Verdict> around(SeenRequest request, Supplier<CompletionStage<Verdict>> effect) {
        if (request.method().equals("GET") || before.getAndDecrement() != 0) {
            return effect.get();
        }
        arrived.complete(request);
        return released.thenCompose(_ -> effect.get());
    }

    /** Lets it go, if it has come; no later one is held. */
    @Override
    public void close() {
        proxmox.close();
        kubernetes.close();
        released.complete(true);
    }
}
