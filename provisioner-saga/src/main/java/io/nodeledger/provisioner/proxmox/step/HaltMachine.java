package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.time.Duration;

/**
 * Powers the machine off: gracefully, and hard when that takes too long, when the operation is forced or when a failed
 * provisioning is undone. A machine that is off, not there or still being cloned is halted.
 */
public final class HaltMachine implements MachineStep.Action {
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Duration GRACEFUL_UNTIL = Duration.ofSeconds(90);

    private final ProxmoxRegions regions;
    private final PowerOff power;

    public HaltMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.power = new PowerOff(tasks, Step.HALT, GRACE, true);
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
            case Sighting.Ours ours -> power.off(region, node, placement, ours, attempt, isHard(node, attempt));
        };
    }

    /** After a failed attempt there is no more reason to be gentle. */
    private static boolean isHard(NodeFacts node, Attempt attempt) {
        var operation = node.operation();
        return operation == null
                || operation.force()
                || (operation.compensating() && operation.type() == OperationType.PROVISION)
                || attempt.number() > 1
                || attempt.now().isAfter(attempt.startedAt().plus(GRACEFUL_UNTIL));
    }

    /** Nothing runs before its clone has ended; for that end the removal waits. */
    private static StepResult beingCloned() {
        return StepResult.done("still being cloned");
    }
}
