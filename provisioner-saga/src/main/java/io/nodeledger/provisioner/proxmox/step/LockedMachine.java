package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;

/**
 * What a step answers that finds the node's machine locked by another task. Nobody but root can take a lock away, not
 * even that of a dead task, so the step waits until its deadline and then says which lock it was.
 */
final class LockedMachine {
    private LockedMachine() {}

    static StepResult waiting(Placement placement, String lock, Attempt attempt) {
        return StepResult.waiting(
                "Machine " + placement.vmId() + " is locked (" + lock + ")", ProviderTasks.pause(attempt));
    }
}
