package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.util.List;

/** Removes a machine and its disks. */
final class DestroyWork implements Work {
    private final Datacenter datacenter;

    DestroyWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public List<Step> steps(Task task) {
        return List.of(
                Step.now(() -> check(task)),
                Step.after(
                        datacenter.delays().destroy(),
                        () -> datacenter.cluster().remove(check(task))));
    }

    private Vm check(Task task) throws TaskFailed {
        Vm vm = datacenter.unlockedMachine(task.upid().node(), task.vmId());
        if (vm.isRunning()) {
            throw new TaskFailed("VM " + vm.id() + " is running - destroy failed");
        }
        return vm;
    }
}
