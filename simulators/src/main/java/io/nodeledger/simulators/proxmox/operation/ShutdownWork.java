package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Running;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Asks the guest to shut down and waits, holding the machine's lock. A guest that is still booting does not hear the
 * power button before it is up.
 */
class ShutdownWork implements Work {
    private static final String DEAF = "VM quit/powerdown failed - got timeout";

    private final Datacenter datacenter;

    ShutdownWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public List<Step> steps(Task task) throws TaskFailed {
        Vm vm = datacenter.unlockedMachine(task.upid().node(), task.vmId());
        Duration timeout = Duration.ofSeconds(Long.parseLong(task.argument("timeout")));
        Duration needed = vm.running().map(this::needed).orElse(Duration.ZERO);
        if (needed.compareTo(timeout) <= 0) {
            return List.of(Step.after(needed, () -> halt(task)));
        }
        return List.of(Step.after(timeout, () -> {
            if (!task.argument("forceStop").equals("1")) {
                throw new TaskFailed(DEAF);
            }
            task.log(DEAF);
            halt(task);
        }));
    }

    private void halt(Task task) throws TaskFailed {
        datacenter.power().off(datacenter.machine(task.upid().node(), task.vmId()));
    }

    private Duration needed(Running process) {
        Instant now = datacenter.timeline().now();
        boolean booting = process.bootedAt().isAfter(now) && process.bootedAt().isAfter(process.startedAt());
        if (!booting) {
            return datacenter.delays().shutdown();
        }
        double share = (double) Duration.between(now, process.bootedAt()).toNanos()
                / Duration.between(process.startedAt(), process.bootedAt()).toNanos();
        Duration rest =
                Duration.ofNanos((long) (share * datacenter.delays().boot().toNanos()));
        return datacenter.delays().shutdown().plus(rest);
    }
}
