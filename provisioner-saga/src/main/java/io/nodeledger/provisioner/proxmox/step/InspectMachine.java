package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.stream.Stream;

/**
 * Looks at what the machine of a node really does, after an operation has failed or was called off. A task that may still
 * switch it is waited for: what is seen while one runs is true for a moment only.
 */
public final class InspectMachine implements MachineStep.Action {
    private static final String[] SWITCHING = {"qmshutdown", "qmstop", "qmstart", "qmreboot"};

    private final ProxmoxRegions regions;

    public InspectMachine(ProxmoxRegions regions) {
        this.regions = regions;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) {
        Placement placement = node.placement();
        if (placement == null) {
            return found(MachinePower.GONE);
        }
        ProxmoxRegion region = regions.region(node.region());
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> found(MachinePower.GONE);
            case Sighting.Foreign foreign -> found(MachinePower.GONE);
            case Sighting.Unmarked unmarked ->
                StepResult.waiting("The machine is being cloned", ProviderTasks.pause(attempt));
            case Sighting.Ours ours -> look(region.client(), ours.host(), placement.vmId(), attempt);
        };
    }

    private static StepResult look(ProxmoxClient client, String host, int vmId, Attempt attempt) {
        boolean switching = Stream.of(SWITCHING)
                .anyMatch(type -> !client.runningTasks(host, vmId, type).isEmpty());
        if (switching) {
            return StepResult.waiting("The machine is still being switched", ProviderTasks.pause(attempt));
        }
        return found(client.running(host, vmId) ? MachinePower.ON : MachinePower.OFF);
    }

    private static StepResult found(MachinePower power) {
        return new StepResult.Finished(new Outcome.Inspected(power));
    }
}
