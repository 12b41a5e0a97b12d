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

/** Powers the machine on. */
public final class BootMachine implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final ProviderTasks tasks;

    public BootMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.tasks = tasks;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        ProxmoxRegion region = regions.region(node.region());
        Placement placement = Missing.placement(node);
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Missing.vanished(placement);
            case Sighting.Foreign foreign -> Missing.foreign(placement, foreign);
            case Sighting.Unmarked unmarked -> starting(attempt);
            case Sighting.Ours ours -> boot(region, node, placement, ours.host(), attempt);
        };
    }

    private StepResult boot(ProxmoxRegion region, NodeFacts node, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        if (region.client().running(host, placement.vmId())) {
            return StepResult.done();
        }
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, Step.BOOT);
        if (earlier.isPresent() && earlier.get().running()) {
            return starting(attempt);
        }
        if (earlier.isPresent() && !earlier.get().succeeded()) {
            throw earlier.get().failure();
        }
        TaskStatus status = started(region, placement, host, attempt);
        if (status.running()) {
            return starting(attempt);
        }
        if (status.succeeded() || status.failure().kind() == Kind.RUNNING) {
            return StepResult.done();
        }
        throw status.failure();
    }

    /** Somebody else may have started it meanwhile, which is just as good. */
    private TaskStatus started(ProxmoxRegion region, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        try {
            return tasks.run(region.client(), attempt, () -> region.client().start(host, placement.vmId()));
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.RUNNING) {
                return TaskStatus.OK;
            }
            throw failure;
        }
    }

    private static StepResult starting(Attempt attempt) {
        return StepResult.waiting("The machine is being started", ProviderTasks.pause(attempt));
    }
}
