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
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.time.Duration;
import java.util.Optional;

/**
 * Powers the machine off: gracefully, and hard when that takes too long, when the operation is forced or when a failed
 * provisioning is undone. A machine that is off, not there or still being cloned is halted.
 */
public final class HaltMachine implements MachineStep.Action {
    private static final int GRACE_SECONDS = 60;
    private static final Duration GRACEFUL_UNTIL = Duration.ofSeconds(90);

    private final ProxmoxRegions regions;
    private final ProviderTasks tasks;

    public HaltMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.tasks = tasks;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        Placement placement = node.placement();
        if (placement == null) {
            return StepResult.done("there is no machine");
        }
        ProxmoxRegion region = regions.region(node.region());
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> StepResult.done("the machine is not there");
            case Sighting.Foreign foreign -> StepResult.done("left alone: " + foreign.reason());
            case Sighting.Unmarked unmarked -> beingCloned();
            case Sighting.Ours ours when "clone".equals(ours.config().lock()) -> beingCloned();
            case Sighting.Ours ours -> halt(region, node, placement, ours, attempt);
        };
    }

    private StepResult halt(
            ProxmoxRegion region, NodeFacts node, Placement placement, Sighting.Ours ours, Attempt attempt)
            throws InterruptedException {
        String host = ours.host();
        int vmId = placement.vmId();
        if (!region.client().running(host, vmId)) {
            return StepResult.done();
        }
        if (ours.config().lock() != null) {
            return LockedMachine.waiting(placement, ours.config().text("lock"), attempt);
        }
        boolean hard = isHard(node, attempt);
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, Step.HALT);
        boolean shuttingDown = earlier.isPresent() && earlier.get().running();
        if (shuttingDown && !(hard && isGraceful(node))) {
            return halting(attempt);
        }
        TaskStatus status = tasks.run(
                region.client(),
                attempt,
                () -> hard ? region.client().stop(host, vmId) : region.client().shutdown(host, vmId, GRACE_SECONDS));
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

    /** After a failed attempt there is no more reason to be gentle. */
    private static boolean isHard(NodeFacts node, Attempt attempt) {
        var operation = node.operation();
        return operation == null
                || operation.force()
                || operation.compensating()
                || attempt.number() > 1
                || attempt.now().isAfter(attempt.startedAt().plus(GRACEFUL_UNTIL));
    }

    private static boolean isGraceful(NodeFacts node) {
        return ProviderTasks.recorded(node, Step.HALT)
                .filter(task -> task.type().equals("qmshutdown"))
                .isPresent();
    }

    private static StepResult halting(Attempt attempt) {
        return StepResult.waiting("The machine is being powered off", ProviderTasks.pause(attempt));
    }

    /** Nothing runs before its clone has ended; for that end the removal waits. */
    private static StepResult beingCloned() {
        return StepResult.done("still being cloned");
    }
}
