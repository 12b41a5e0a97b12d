package io.nodeledger.provisioner.proxmox.step;

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
 * Has the guest of a node that is to live on end by itself. Only an operation with force cuts the power, and only when
 * the guest does not end in time: what a guest loses with its power is not ours to give away.
 */
public final class ShutDownMachine implements MachineStep.Action {
    private static final Duration GRACE = Duration.ofMinutes(3);
    private static final Duration FORCED_AFTER = Duration.ofSeconds(60);

    private final ProxmoxRegions regions;
    private final PowerOff power;

    public ShutDownMachine(ProxmoxRegions regions, ProviderTasks tasks) {
        this.regions = regions;
        this.power = new PowerOff(tasks, Step.SHUT_DOWN, GRACE, false);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        Placement placement = Missing.placement(node);
        ProxmoxRegion region = regions.region(node.region());
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Missing.vanished(placement);
            case Sighting.Foreign foreign -> Missing.foreign(placement, foreign);
            case Sighting.Unmarked unmarked ->
                StepResult.waiting("The machine is being cloned", ProviderTasks.pause(attempt));
            case Sighting.Ours ours -> power.off(region, node, placement, ours, attempt, isHard(node, attempt));
        };
    }

    /** A forced shutdown that failed, or takes too long, becomes a power cut. */
    private static boolean isHard(NodeFacts node, Attempt attempt) {
        var operation = node.operation();
        return operation != null
                && operation.force()
                && (attempt.number() > 1
                        || attempt.now().isAfter(attempt.startedAt().plus(FORCED_AFTER)));
    }
}
