package io.nodeledger.provisioner.proxmox.step;

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
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.Optional;

/** The one place from which machines are destroyed: the marker is read again right before. */
final class Destruction {
    private final ProviderTasks tasks;

    Destruction(ProviderTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * Destroys the node's machine, which is powered off.
     *
     * @return what to answer while it is not destroyed; empty when its task has ended well
     */
    Optional<StepResult> of(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Ours ours
            when ours.config().lock() != null ->
                Optional.of(LockedMachine.waiting(placement, ours.config().text("lock"), attempt));
            case Sighting.Ours ours
            when ours.config().text("protection").equals("1") -> Optional.of(isProtected(placement, ours.host()));
            case Sighting.Ours ours -> destroy(region, placement, ours.host(), attempt);
            case Sighting.Absent absent -> Optional.of(changed());
            case Sighting.Foreign foreign -> Optional.of(changed());
            case Sighting.Unmarked unmarked -> Optional.of(changed());
        };
    }

    private Optional<StepResult> destroy(ProxmoxRegion region, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        TaskStatus status;
        try {
            status = tasks.run(region.client(), attempt, () -> region.client().destroy(host, placement.vmId()));
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.ABSENT) {
                return Optional.of(changed());
            }
            throw failure;
        }
        if (status.running()) {
            return Optional.of(working(attempt));
        }
        if (!status.succeeded() && status.failure().kind() != Kind.ABSENT) {
            throw status.failure();
        }
        return Optional.empty();
    }

    static StepResult working(Attempt attempt) {
        return StepResult.waiting("The machine is being removed", ProviderTasks.pause(attempt));
    }

    private static StepResult changed() {
        return StepResult.retry("The machine moved, went or changed hands while it was being removed");
    }

    private static StepResult isProtected(Placement placement, String host) {
        return new StepResult.Stuck(
                "MACHINE_PROTECTED",
                "Somebody has protected machine " + placement.vmId() + " on " + host + " against removal. Run 'qm set "
                        + placement.vmId() + " --protection 0' there if it may go, and delete the node again");
    }
}
