package io.nodeledger.resilience.schedule;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Both providers of a region are out of reach in the middle of provisions and deletions, and come back. */
public final class OutageRuns {
    /** What no node may see of an outage that ends within its steps' deadlines. */
    private static final List<String> HARM = List.of(
            "NodeProvisioningFailed",
            "NodeDeletionFailed",
            "NodeNeedsAttention",
            "MachineVanished",
            "MachineFoundOff",
            "KubernetesNodeLost",
            "OrphanMachineRemoved",
            "OrphanKubernetesNodeRemoved");

    private static final int NODES = 4;
    private static final int LONGEST_MOMENT = 800;

    private final Harness harness;

    public OutageRuns(Harness harness) {
        this.harness = harness;
    }

    /**
     * Makes an outage.
     *
     * @param seed chooses when it begins
     * @param kind how the providers are out of reach
     * @return what is not as it has to be
     */
    public List<String> run(long seed, FaultKind kind, Duration length) throws InterruptedException {
        Crowd staying = Crowd.of(NODES, harness);
        Crowd going = Crowd.of(NODES, harness);
        var found = new ArrayList<>(Crowd.of(staying, going).become("running"));
        Crowd coming = Crowd.of(NODES, harness);
        going.delete();
        Thread.sleep(new Random(seed).nextInt(LONGEST_MOMENT));
        begin(kind);
        try {
            Thread.sleep(length);
            if (!harness.until(() -> harness.stores().breakers() > 0, () -> {})) {
                found.add("the breaker stays closed while the providers are out of reach");
            }
            found.addAll(staying.notIn("running"));
        } finally {
            end();
        }
        found.addAll(coming.become("running"));
        found.addAll(going.become("deleted"));
        if (!harness.until(() -> harness.stores().breakers() == 0, () -> {})) {
            found.add("the breaker stays open when the providers are there again");
        }
        Crowd.of(staying, going, coming)
                .events(HARM)
                .forEach(event -> found.add("%s: %s".formatted(event.stream(), event)));
        found.addAll(harness.violationsOnceQuiet());
        found.addAll(Crowd.of(staying, coming).end());
        return found;
    }

    private void begin(FaultKind kind) {
        harness.world().proxmox().faults().add(Fault.always(kind, ".*"));
        harness.world().kubernetes().faults().add(Fault.always(kind, ".*"));
    }

    private void end() {
        harness.world().proxmox().faults().clear();
        harness.world().kubernetes().faults().clear();
    }
}
