package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.Optional;

/** Grows the root disk to the plan's size; a disk that is as large already stays as it is. */
public final class ResizeDisk implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final ProviderTasks tasks;

    public ResizeDisk(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.tasks = tasks;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        ProxmoxRegion region = regions.region(node.region());
        Placement placement = Missing.placement(node);
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, Step.RESIZE);
        if (earlier.isPresent() && earlier.get().running()) {
            return working(attempt);
        }
        if (earlier.isPresent() && !earlier.get().succeeded()) {
            throw earlier.get().failure();
        }
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Missing.vanished(placement);
            case Sighting.Foreign foreign -> Missing.foreign(placement, foreign);
            case Sighting.Unmarked unmarked -> working(attempt);
            case Sighting.Ours ours -> resize(region, node, placement, ours, attempt);
        };
    }

    private StepResult resize(
            ProxmoxRegion region, NodeFacts node, Placement placement, Sighting.Ours ours, Attempt attempt)
            throws InterruptedException {
        String disk = ours.config()
                .rootDisk()
                .orElseThrow(() -> new ProxmoxFailure(
                        Kind.PERMANENT, "Machine " + placement.vmId() + " has no disk to boot from"));
        int wanted = node.terms().specs().storageGb();
        if (DiskSize.of(ours.config().text(disk)).orElse(0L) >= DiskSize.gigabytes(wanted)) {
            return StepResult.done();
        }
        TaskStatus status = tasks.run(
                region.client(), attempt, () -> region.client().resize(ours.host(), placement.vmId(), disk, wanted));
        if (status.running()) {
            return working(attempt);
        }
        if (!status.succeeded()) {
            throw status.failure();
        }
        return StepResult.done();
    }

    private static StepResult working(Attempt attempt) {
        return StepResult.waiting("The root disk is being grown", ProviderTasks.pause(attempt));
    }
}
