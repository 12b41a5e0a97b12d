package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ListedTask;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import java.time.Duration;
import java.util.List;

/**
 * A machine that is locked by its clone, or that a failed clone left behind. While its task runs nobody adopts or
 * destroys it; when the task is dead the lock stays for ever and only root can take it away (source: drivers).
 */
final class HalfMadeMachine {
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final MachineIds ids;
    private final Destruction destruction;

    HalfMadeMachine(MachineIds ids, ProviderTasks tasks) {
        this.ids = ids;
        this.destruction = new Destruction(tasks);
    }

    /** Waits for the clone's task, finding it again when its id was lost with the reply. */
    StepResult waitFor(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt) {
        List<ListedTask> running = running(region);
        if (running.size() == 1
                && ids.unansweredSince(region.id(), node.nodeId()).isPresent()) {
            attempt.record(new Outcome.TaskStarted(running.getFirst().upid().text()));
            ids.cloneAnswered(region.id(), node.nodeId());
        }
        boolean longAgo = Duration.between(attempt.startedAt(), attempt.now()).compareTo(GRACE) > 0;
        if (running.isEmpty() && longAgo && isStillLocked(region, node, placement)) {
            return new StepResult.Stuck(
                    "MACHINE_LOCKED",
                    "Machine " + placement.vmId() + " is locked by a clone that no longer runs; run 'qm unlock "
                            + placement.vmId() + "' on its host");
        }
        return StepResult.waiting("Machine " + placement.vmId() + " is being cloned", ProviderTasks.pause(attempt));
    }

    /** The clone may have ended between the look at the machine and the look at the tasks. */
    private static boolean isStillLocked(ProxmoxRegion region, NodeFacts node, Placement placement) {
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Ours ours -> "clone".equals(ours.config().lock());
            case Sighting.Unmarked unmarked -> true;
            default -> false;
        };
    }

    /** Destroys what a failed clone left: marked as ours, without a lock and without a disk. */
    StepResult remove(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        return destruction
                .of(region, node, placement, attempt)
                .orElseGet(() -> StepResult.retry("A clone failed half-way; what it left has been removed"));
    }

    private static List<ListedTask> running(ProxmoxRegion region) {
        int template = region.settings().template();
        String host = region.client().listing().machine(template).orElseThrow().host();
        return region.client().runningTasks(host, template, "qmclone");
    }
}
