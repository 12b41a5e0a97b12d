package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.time.Duration;
import java.util.Optional;

/** Asks the guest agent for the machine's addresses, which takes until the guest has booted. */
public final class LearnAddress implements MachineStep.Action {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);

    private final ProxmoxRegions regions;

    public LearnAddress(ProxmoxRegions regions) {
        this.regions = regions;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        ProxmoxRegion region = regions.region(node.region());
        Placement placement = Missing.placement(node);
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Missing.vanished(placement);
            case Sighting.Foreign foreign -> Missing.foreign(placement, foreign);
            case Sighting.Unmarked unmarked -> booting(attempt);
            case Sighting.Ours ours ->
                ask(region, placement, ours)
                        .map(found -> (StepResult) new StepResult.Finished(found))
                        .orElseGet(() -> booting(attempt));
        };
    }

    private static Optional<Outcome.Addressed> ask(ProxmoxRegion region, Placement placement, Sighting.Ours ours)
            throws InterruptedException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        Duration pause = FIRST_LOOK;
        Optional<Outcome.Addressed> found = answer(region, placement, ours);
        while (found.isEmpty() && System.nanoTime() + pause.toNanos() < giveUp) {
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
            found = answer(region, placement, ours);
        }
        return found;
    }

    private static Optional<Outcome.Addressed> answer(ProxmoxRegion region, Placement placement, Sighting.Ours ours) {
        try {
            return GuestAddresses.choose(
                    region.client().addresses(ours.host(), placement.vmId()),
                    ours.config().macAddress().orElse(""));
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.AGENT_SILENT) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static StepResult booting(Attempt attempt) {
        return StepResult.waiting("The guest has not reported an address yet", ProviderTasks.pause(attempt));
    }
}
