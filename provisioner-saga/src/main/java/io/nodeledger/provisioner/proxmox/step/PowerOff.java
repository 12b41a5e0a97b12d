package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.time.Duration;
import java.util.Optional;

/**
 * Powers a machine off that is known to be the node's own.
 *
 * @param step the step that does it, under which its tasks are recorded
 * @param grace how long the guest is given to end by itself
 * @param thenCut whether the power is cut after that
 */
record PowerOff(ProviderTasks tasks, Step step, Duration grace, boolean thenCut) {
    /** Has the guest end, or cuts the power. */
    StepResult off(
            ProxmoxRegion region,
            NodeFacts node,
            Placement placement,
            Sighting.Ours ours,
            Attempt attempt,
            boolean hard)
            throws InterruptedException {
        String host = ours.host();
        int vmId = placement.vmId();
        if (!region.client().running(host, vmId)) {
            return region.client().runningTasks(host, vmId, "qmstart").isEmpty()
                    ? StepResult.done()
                    : StepResult.waiting("The machine is still being started", ProviderTasks.pause(attempt));
        }
        if (ours.config().lock() != null) {
            return LockedMachine.waiting(placement, ours.config().text("lock"), attempt);
        }
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, step);
        boolean shuttingDown = earlier.isPresent() && earlier.get().running();
        if (shuttingDown && !(hard && isGraceful(node))) {
            return halting(attempt);
        }
        TaskStatus status = tasks.run(
                region.client(),
                attempt,
                () -> hard
                        ? region.client().stop(host, vmId)
                        : region.client().shutdown(host, vmId, (int) grace.toSeconds(), thenCut));
        if (status.running()) {
            return halting(attempt);
        }
        if (!region.client().running(host, vmId)) {
            return StepResult.done(hard ? "power cut" : "shut down");
        }
        if (!status.succeeded()) {
            throw status.failure();
        }
        return StepResult.retry("The machine still runs after its task has ended");
    }

    private boolean isGraceful(NodeFacts node) {
        return ProviderTasks.recorded(node, step)
                .filter(task -> task.type().equals("qmshutdown"))
                .isPresent();
    }

    private static StepResult halting(Attempt attempt) {
        return StepResult.waiting("The machine is being powered off", ProviderTasks.pause(attempt));
    }
}
