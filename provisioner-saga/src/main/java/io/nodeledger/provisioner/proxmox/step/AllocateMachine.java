package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.MachineCondition;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.placement.Claim;
import io.nodeledger.provisioner.proxmox.placement.HostRoom;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.MachineSize;
import io.nodeledger.provisioner.proxmox.placement.RegionRoom;
import io.nodeledger.provisioner.proxmox.placement.Spread;
import java.util.List;
import java.util.Optional;

/** Chooses a host and claims a machine id, both recorded before anything is created; a machine that is there is adopted. */
public final class AllocateMachine implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final MachineIds ids;
    private final RegionRoom room;
    private final EarlierMachine earlier;

    public AllocateMachine(ProxmoxRegions regions, MachineIds ids, RegionRoom room) {
        this.regions = regions;
        this.ids = ids;
        this.room = room;
        this.earlier = new EarlierMachine(ids);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) {
        String region = node.region();
        Placement lost = node.placement();
        if (lost != null && isGone(node)) {
            // Whatever still bears the old id outside, above all a dead Kubernetes node, must not count as the new
            // one's.
            ids.release(region, node.nodeId(), lost.vmId());
        }
        Optional<Claim> held = ids.claimOf(region, node.nodeId());
        if (held.isPresent() && !node.burntIds().contains(held.get().vmId())) {
            return allocated(held.get());
        }
        held.ifPresent(burnt -> ids.burn(region, node.nodeId(), burnt.vmId()));
        var cluster = regions.region(region);
        var size = MachineSize.of(node.terms().specs());
        var snapshot = room.look(cluster);
        attempt.assertLease();
        return earlier.adopt(cluster, node, snapshot.listing(), size)
                .or(() -> ids.claim(
                        region,
                        node.nodeId(),
                        cluster.vmIds(),
                        snapshot.listing().machineIds(),
                        recent -> spot(snapshot.hosts(recent), size)))
                .map(AllocateMachine::allocated)
                .orElseGet(() -> StepResult.failed(
                        "INSUFFICIENT_CAPACITY",
                        "No host of region " + region + " has room for " + size.cores() + " CPUs, "
                                + node.terms().specs().memoryGb() + " GiB of memory and "
                                + node.terms().specs().storageGb() + " GiB of storage"));
    }

    private static boolean isGone(NodeFacts node) {
        var operation = node.operation();
        return operation != null && operation.machine() == MachineCondition.GONE;
    }

    private static Optional<MachineIds.Spot> spot(List<HostRoom> hosts, MachineSize size) {
        return Spread.choose(hosts, size).map(host -> new MachineIds.Spot(host.host(), host.storage(), size));
    }

    private static StepResult allocated(Claim claim) {
        return new StepResult.Finished(new Outcome.Allocated(claim.host(), claim.vmId(), claim.storage()));
    }
}
