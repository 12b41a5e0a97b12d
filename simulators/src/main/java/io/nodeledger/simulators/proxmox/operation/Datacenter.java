package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.Delays;
import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Power;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Tasks;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.nio.file.Path;

/** All the parts of one simulated cluster that tasks and requests act on. */
public record Datacenter(
        Cluster cluster, Power power, Tasks tasks, Locks locks, Timeline timeline, Delays delays, Path uploads) {

    /** Lets the tasks know what each type does. */
    public void registerWorks() {
        tasks.register("qmclone", new CloneWork(this));
        tasks.register("qmconfig", new ConfigWork(this));
        tasks.register("resize", new ResizeWork(this));
        tasks.register("qmstart", new StartWork(this));
        tasks.register("qmshutdown", new ShutdownWork(this));
        tasks.register("qmstop", new StopWork(this));
        tasks.register("qmreboot", new RebootWork(this));
        tasks.register("qmdestroy", new DestroyWork(this));
        tasks.register("vzdump", new VzdumpWork(this));
        tasks.register("imgcopy", new UploadWork(this));
        tasks.register("imgdel", new VolumeRemovalWork(this));
    }

    Locks.Wanted machineLock(int vmId) {
        return Locks.Wanted.machine(vmId, delays.lockTimeout());
    }

    /** The machine a task works on, which may have gone since the task was asked for. */
    Vm machine(String host, int vmId) throws TaskFailed {
        try {
            return cluster.require(host, vmId);
        } catch (PveError e) {
            throw new TaskFailed(e.reason());
        }
    }

    /** The machine, if its configuration holds no lock. */
    Vm unlockedMachine(String host, int vmId) throws TaskFailed {
        Vm vm = machine(host, vmId);
        try {
            vm.config().requireNotLocked();
        } catch (PveError e) {
            throw new TaskFailed(e.reason());
        }
        return vm;
    }
}
