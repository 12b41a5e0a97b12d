package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.util.List;

/** Changes a machine's configuration. */
final class ConfigWork implements Work {
    private final Datacenter datacenter;

    ConfigWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public List<Step> steps(Task task) {
        return List.of(Step.after(datacenter.delays().configure(), () -> change(task)));
    }

    private void change(Task task) throws TaskFailed {
        try {
            ConfigChange.from(task.arguments())
                    .apply(datacenter, datacenter.unlockedMachine(task.upid().node(), task.vmId()));
        } catch (PveError e) {
            throw new TaskFailed(e.reason());
        }
    }
}
