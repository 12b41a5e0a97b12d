package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import java.util.Optional;

/** Destroys the machine with its disks, and then its cloud-init seed. */
public final class DestroyMachine implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final MachineRemoval removal;
    private final SeedRemoval seeds;

    public DestroyMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.removal = new MachineRemoval(tasks);
        this.seeds = new SeedRemoval(tasks);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        Placement placement = node.placement();
        if (placement == null) {
            return StepResult.done("there is no machine");
        }
        ProxmoxRegion region = regions.region(node.region());
        Optional<StepResult> unfinished = removal.round(region, node, placement, Step.DESTROY, attempt);
        return unfinished.isPresent() ? unfinished.get() : seeds.ensure(region, node, Step.DESTROY, attempt);
    }
}
