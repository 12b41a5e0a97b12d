package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.Objects;

/** What a step answers that needs the node's machine and does not find it. */
final class Missing {
    private Missing() {}

    /** The recorded placement; steps after the allocation have one. */
    static Placement placement(NodeFacts node) {
        return Objects.requireNonNull(
                node.placement(), () -> "no machine is allocated to " + node.nodeId() + " in this operation");
    }

    static StepResult vanished(Placement placement) {
        return StepResult.failed(
                "MACHINE_VANISHED", "Machine " + placement.vmId() + " is nowhere in its cluster any more");
    }

    static StepResult foreign(Placement placement, Sighting.Foreign foreign) {
        return StepResult.failed(
                "MACHINE_FOREIGN",
                "Machine " + placement.vmId() + " on " + foreign.host() + " is not this node's: " + foreign.reason());
    }
}
