package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
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
    private final Destruction destruction;

    MachineRemoval(ProviderTasks tasks) {
        this.tasks = tasks;
        this.destruction = new Destruction(tasks);
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
            return Optional.of(Destruction.working(attempt));
        }
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Optional.empty();
            case Sighting.Foreign foreign -> Optional.empty();
            case Sighting.Unmarked unmarked -> Optional.of(LockedMachine.waiting(placement, "clone", attempt));
            case Sighting.Ours ours
            when ours.config().lock() != null ->
                Optional.of(LockedMachine.waiting(placement, ours.config().text("lock"), attempt));
            case Sighting.Ours ours -> remove(region, node, placement, ours.host(), attempt);
        };
    }

    private Optional<StepResult> remove(
            ProxmoxRegion region, NodeFacts node, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        Optional<StepResult> unfinished = stop(region, placement, host, attempt);
        if (unfinished.isEmpty()) {
            unfinished = destruction.of(region, node, placement, attempt);
        }
        if (unfinished.isPresent()) {
            return unfinished;
        }
        return Machines.find(region, node.nodeId(), placement) instanceof Sighting.Ours
                ? Optional.of(StepResult.retry("The machine is still there after its removal"))
                : Optional.empty();
    }

    private Optional<StepResult> stop(ProxmoxRegion region, Placement placement, String host, Attempt attempt)
            throws InterruptedException {
        var client = region.client();
        if (!client.running(host, placement.vmId())) {
            return Optional.empty();
        }
        TaskStatus stop = tasks.run(client, attempt, () -> client.stop(host, placement.vmId()));
        if (stop.running()) {
            return Optional.of(Destruction.working(attempt));
        }
        if (!client.running(host, placement.vmId())) {
            return Optional.empty();
        }
        if (!stop.succeeded()) {
            throw stop.failure();
        }
        return Optional.of(StepResult.retry("The machine still runs after its power was cut"));
    }
}
