package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Drive;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Copies a template. The new machine's configuration holds nothing but its lock until the disk is copied; full clones
 * of one source onto one storage go one after the other.
 */
final class CloneWork implements Work {
    private static final int LINKED_SHARE = 16;

    private final Datacenter datacenter;

    CloneWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return full(task)
                ? List.of(new Locks.Wanted("copy-" + task.vmId() + "-" + task.argument("storage"), null))
                : List.of();
    }

    @Override
    public List<Step> steps(Task task) {
        Duration all = full(task)
                ? datacenter.delays().fullClone()
                : datacenter.delays().linkedClone();
        Duration copying = all.multipliedBy(9).dividedBy(10);
        return List.of(
                Step.now(() -> allocate(task)),
                Step.after(copying, () -> writeConfiguration(task)),
                Step.after(all.minus(copying), () -> unlock(task)));
    }

    @Override
    public void failed(Task task) {
        datacenter.cluster().find(newId(task)).ifPresent(datacenter.cluster()::remove);
    }

    private void allocate(Task task) throws TaskFailed {
        Vm source = datacenter.machine(task.argument("source"), task.vmId());
        Vm clone = clone(task);
        for (var drive : disks(source).entrySet()) {
            long bytes =
                    full(task) ? drive.getValue().bytes() : drive.getValue().bytes() / LINKED_SHARE;
            String volume =
                    volume(task, clone, drive.getValue(), clone.volumes().size());
            task.log("create full clone of drive " + drive.getKey() + " ("
                    + drive.getValue().volume() + ")");
            if (!datacenter.cluster().allocate(clone, volume, bytes)) {
                throw new TaskFailed("clone failed: unable to create image '" + volume + "': No space left on device");
            }
        }
        datacenter.cluster().save(clone);
    }

    private void writeConfiguration(Task task) throws TaskFailed {
        Vm source = datacenter.machine(task.argument("source"), task.vmId());
        Vm clone = clone(task);
        Map<String, String> values = new TreeMap<>(source.config().values());
        values.keySet().removeIf(key -> key.startsWith("unused") || key.equals("template") || key.equals("protection"));
        int number = 0;
        for (var drive : disks(source).entrySet()) {
            String volume = volume(task, clone, drive.getValue(), number++);
            values.put(drive.getKey(), drive.getValue().withVolume(volume).toString());
        }
        values.replaceAll((key, value) -> key.matches("net\\d+") ? NetworkCard.withFreshMac(value) : value);
        values.put("smbios1", "uuid=" + UUID.randomUUID());
        values.put("vmgenid", UUID.randomUUID().toString());
        values.put("name", task.argument("name"));
        String description = task.arguments().get("description");
        if (description != null) {
            values.put("description", description);
        }
        values.put("lock", "clone");
        clone.config().replaceWith(values);
        datacenter.cluster().save(clone);
        task.log("transferred 100.00% of the disks");
    }

    private void unlock(Task task) throws TaskFailed {
        Vm clone = clone(task);
        clone.config().remove("lock");
        datacenter.cluster().save(clone);
    }

    private Vm clone(Task task) throws TaskFailed {
        return datacenter.machine(task.argument("target"), newId(task));
    }

    private String volume(Task task, Vm clone, Drive drive, int number) {
        String name = full(task) ? task.argument("storage") : drive.storage();
        Storage storage = datacenter.cluster().storages().require(clone.host(), name);
        return storage.volumeId(clone.id(), number, false);
    }

    private static Map<String, Drive> disks(Vm source) {
        Map<String, Drive> disks = new TreeMap<>(source.config().drives());
        disks.values().removeIf(Drive::isCdrom);
        return disks;
    }

    private static boolean full(Task task) {
        return task.argument("full").equals("1");
    }

    private static int newId(Task task) {
        return Integer.parseInt(task.argument("newid"));
    }
}
