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
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.Optional;

/**
 * Takes a node's machine away. The marker is read again right before each call that can't be undone; a machine that is
 * not marked as this node's is never touched, and a machine is gone only when it is not found any more, whatever its
 * task said.
 */
final class MachineRemoval {
    private final ProviderTasks tasks;

    MachineRemoval(ProviderTasks tasks) {
        this.tasks = tasks;
    }

    /**
     * One round of the removal.
     *
     * @param step the step that it is done for
     * @return what to answer while it is not gone; empty when nothing of this node is left
     */
    Optional<StepResult> round(ProxmoxRegion region, NodeFacts node, Placement placement, Step step, Attempt attempt)
            throws InterruptedException {
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, step);
        if (earlier.isPresent() && earlier.get().running()) {
            return Optional.of(working(attempt));
        }
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Optional.empty();
            case Sighting.Foreign foreign -> Optional.empty();
            case Sighting.Unmarked unmarked -> Optional.of(locked(placement, attempt));
            case Sighting.Ours ours when ours.config().lock() != null -> Optional.of(locked(placement, attempt));
            case Sighting.Ours ours -> remove(region, node, placement, ours.host(), attempt);
        };
    }

    private Optional<StepResult> remove(
            ProxmoxRegion region, NodeFacts node, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        var client = region.client();
        int vmId = placement.vmId();
        if (client.running(host, vmId)) {
            TaskStatus stop = tasks.run(client, attempt, () -> client.stop(host, vmId));
            if (stop.running()) {
                return Optional.of(working(attempt));
            }
            if (client.running(host, vmId)) {
                return Optional.of(StepResult.retry("The machine still runs: " + stop.exitStatus()));
            }
            if (!(Machines.find(region, node.nodeId(), placement) instanceof Sighting.Ours)) {
                return Optional.of(StepResult.retry("The machine changed hands while it was stopped"));
            }
        }
        TaskStatus status;
        try {
            status = tasks.run(client, attempt, () -> client.destroy(host, vmId));
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.ABSENT) {
                return Optional.of(StepResult.retry("The machine moved or went while it was being removed"));
            }
            throw failure;
        }
        if (status.running()) {
            return Optional.of(working(attempt));
        }
        if (!status.succeeded() && status.failure().kind() != Kind.ABSENT) {
            throw status.failure();
        }
        return Machines.find(region, node.nodeId(), placement) instanceof Sighting.Ours
                ? Optional.of(StepResult.retry("The machine is still there after its removal"))
                : Optional.empty();
    }

    private static StepResult working(Attempt attempt) {
        return StepResult.waiting("The machine is being removed", ProviderTasks.pause(attempt));
    }

    private static StepResult locked(Placement placement, Attempt attempt) {
        return StepResult.waiting(
                "Machine " + placement.vmId() + " is locked by another task", ProviderTasks.pause(attempt));
    }
}
