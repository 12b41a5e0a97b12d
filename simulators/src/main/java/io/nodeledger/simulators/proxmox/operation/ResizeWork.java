package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.DiskSize;
import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.util.List;

/** Grows a disk; the same size is no change, a smaller one fails. */
final class ResizeWork implements Work {
    private final Datacenter datacenter;

    ResizeWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public List<Step> steps(Task task) throws TaskFailed {
        Vm vm = datacenter.unlockedMachine(task.upid().node(), task.vmId());
        Drive drive = drive(vm, task);
        if (target(task, drive) < drive.bytes()) {
            throw new TaskFailed("shrinking disks is not supported");
        }
        return List.of(Step.after(datacenter.delays().resize(), () -> grow(task)));
    }

    private void grow(Task task) throws TaskFailed {
        Vm vm = datacenter.machine(task.upid().node(), task.vmId());
        Drive drive = drive(vm, task);
        long bytes = target(task, drive);
        if (!datacenter.cluster().allocate(vm, drive.volume(), bytes)) {
            throw new TaskFailed("resize of '" + drive.volume() + "' failed: No space left on device");
        }
        vm.config().set(task.argument("disk"), drive.withBytes(bytes).toString());
        datacenter.cluster().save(vm);
    }

    private static long target(Task task, Drive drive) {
        String size = task.argument("size");
        return size.startsWith("+") ? drive.bytes() + DiskSize.parse(size.substring(1)) : DiskSize.parse(size);
    }

    private static Drive drive(Vm vm, Task task) throws TaskFailed {
        Drive drive = vm.config().drives().get(task.argument("disk"));
        if (drive == null) {
            throw new TaskFailed("disk '" + task.argument("disk") + "' does not exist");
        }
        return drive;
    }
}
