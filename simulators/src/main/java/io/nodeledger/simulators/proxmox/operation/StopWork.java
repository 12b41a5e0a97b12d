package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.util.List;

/** Pulls the plug; a machine that is off already is fine. */
final class StopWork implements Work {
    private final Datacenter datacenter;

    StopWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public List<Step> steps(Task task) throws TaskFailed {
        Vm vm = datacenter.unlockedMachine(task.upid().node(), task.vmId());
        if (!vm.isRunning()) {
            return List.of();
        }
        return List.of(Step.after(
                datacenter.delays().stop(),
                () -> datacenter.power().off(datacenter.machine(task.upid().node(), task.vmId()))));
    }
}
