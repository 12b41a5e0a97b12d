package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.seed.NoCloudSeed;
import java.util.Optional;

/** Destroys the machine with its disks, and its cloud-init seed. */
public final class DestroyMachine implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final MachineRemoval removal;

    public DestroyMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.removal = new MachineRemoval(tasks);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        Placement placement = node.placement();
        if (placement == null) {
            return StepResult.done("there is no machine");
        }
        ProxmoxRegion region = regions.region(node.region());
        Optional<StepResult> unfinished = removal.round(region, node, placement, Step.DESTROY, attempt);
        return unfinished.orElseGet(() -> removeSeed(region, node, placement, attempt));
    }

    /** The join token in it has expired by now, so a seed that can't be removed is untidy and no more. */
    private static StepResult removeSeed(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt) {
        attempt.assertLease();
        try {
            region.client().deleteIso(placement.host(), region.isoStorage(), NoCloudSeed.fileName(node.nodeId()));
            return StepResult.done();
        } catch (ProxmoxFailure failure) {
            return switch (failure.kind()) {
                case ABSENT -> StepResult.done();
                case DENIED, PERMANENT -> StepResult.done("destroyed; its seed image stays: " + failure.getMessage());
                default -> throw failure;
            };
        }
    }
}
