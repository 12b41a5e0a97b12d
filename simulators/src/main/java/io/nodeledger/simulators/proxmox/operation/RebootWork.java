package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Cluster;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Shuts a machine down and has it come up again. The task is over with the shutdown; the start follows on its own, a
 * little later, as Proxmox's event daemon does it.
 */
final class RebootWork extends ShutdownWork {
    private final Datacenter datacenter;

    RebootWork(Datacenter datacenter) {
        super(datacenter);
        this.datacenter = datacenter;
    }

    @Override
    public List<Step> steps(Task task) throws TaskFailed {
        List<Step> steps = new ArrayList<>(super.steps(task));
        steps.add(Step.now(() -> startLater(task.vmId())));
        return steps;
    }

    private void startLater(int vmId) {
        Cluster cluster = datacenter.cluster();
        Timeline timeline = datacenter.timeline();
        Instant then = timeline.now().plus(timeline.scaled(datacenter.delays().start()));
        cluster.find(vmId).ifPresent(vm -> {
            vm.restartPending(true);
            cluster.save(vm);
        });
        var _ = timeline.at(
                then, () -> cluster.find(vmId).filter(Vm::restartPending).ifPresent(datacenter.power()::on));
    }
}
