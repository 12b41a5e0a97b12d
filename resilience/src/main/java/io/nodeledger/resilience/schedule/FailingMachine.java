package io.nodeledger.resilience.schedule;

import io.nodeledger.resilience.check.Stores;
import io.nodeledger.resilience.world.World;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.request.Interception;
import io.nodeledger.simulators.request.Interceptor;
import io.nodeledger.simulators.request.SeenRequest;
import io.nodeledger.simulators.request.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's machine can't be made, ever; others wait until it is known which machine that is. */
final class FailingMachine implements Interceptor, AutoCloseable {
    private final World world;
    private final Stores stores;
    private final String nodeId;
    private final CompletableFuture<Boolean> known = new CompletableFuture<>();
    private final Interception interception;
    private @Nullable String fault;

    FailingMachine(World world, Stores stores, String nodeId) {
        this.world = world;
        this.stores = stores;
        this.nodeId = nodeId;
        this.interception = world.proxmox().intercept(this);
    }

    /** Looks which machine it is, until that is known. */
    void look() {
        Integer vmId = fault == null ? stores.machineIds().get(nodeId) : null;
        if (vmId != null) {
            fault = world.proxmox()
                    .faults()
                    .add(Fault.always(FaultKind.STATUS, "/qemu/" + vmId + "/resize$")
                            .withStatus(400)
                            .withReason("Parameter verification failed."));
            known.complete(true);
        }
    }

    @Override
    public CompletionStage<Verdict> around(SeenRequest request, Supplier<CompletionStage<Verdict>> effect) {
        return request.path().endsWith("/resize") ? known.thenCompose(_ -> effect.get()) : effect.get();
    }

    @Override
    public void close() {
        interception.close();
        known.complete(true);
        if (fault != null) {
            world.proxmox().faults().remove(fault);
        }
    }
}
