package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.Work;
import java.util.List;

/** Removes an ISO image or a backup from its storage. */
final class VolumeRemovalWork implements Work {
    private final Datacenter datacenter;

    VolumeRemovalWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of();
    }

    @Override
    public List<Step> steps(Task task) {
        return List.of(Step.now(() -> {
            String volume = task.argument("volume");
            Storage storage =
                    datacenter.cluster().storages().ofVolume(task.upid().node(), volume);
            storage.iso(volume).ifPresent(storage::removeIso);
            storage.backup(volume)
                    .ifPresent(backup ->
                            datacenter.cluster().backups().remove(task.upid().node(), backup));
        }));
    }
}
