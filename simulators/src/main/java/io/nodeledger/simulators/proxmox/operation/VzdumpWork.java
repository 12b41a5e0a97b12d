package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Backup;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.cluster.Vm;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Backs a machine up. A host makes one backup at a time; meanwhile the machine's configuration says {@code lock: backup},
 * while the lock on its file is free. What went wrong with the machine is only in the log: the task ends with
 * {@code job errors}.
 */
final class VzdumpWork implements Work {
    private static final DateTimeFormatter IN_NAMES =
            DateTimeFormatter.ofPattern("uuuu_MM_dd-HH_mm_ss").withZone(ZoneOffset.UTC);
    private static final String LOCK = "backup";
    private static final int COMPRESSED_SHARE = 10;

    private final Datacenter datacenter;

    VzdumpWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of(new Locks.Wanted("/var/run/vzdump.lock on " + task.upid().node(), null));
    }

    @Override
    public List<Locks.Wanted> locksToBegin(Task task) {
        return List.of(datacenter.machineLock(task.vmId()));
    }

    @Override
    public void begin(Task task) throws TaskFailed {
        storage(task);
        task.log("INFO: starting new backup job: vzdump " + task.argument("command"));
        if (task.argument("permitted").equals("0")) {
            throw new TaskFailed("403 Permission check failed (/vms/" + task.vmId() + ", VM.Backup)");
        }
        task.log("INFO: Starting Backup of VM " + task.vmId() + " (qemu)");
        Vm vm;
        try {
            vm = datacenter.unlockedMachine(task.upid().node(), task.vmId());
        } catch (TaskFailed e) {
            throw failure(task, e.exitStatus());
        }
        task.log("INFO: status = " + (vm.isRunning() ? "running" : "stopped"));
        vm.config().set("lock", LOCK);
        datacenter.cluster().save(vm);
        if (task.argument("mode").equals("stop") && vm.isRunning()) {
            task.log("INFO: stopping vm");
            datacenter.power().off(vm);
            datacenter.power().on(vm);
        }
        task.log("INFO: backup mode: " + task.argument("mode"));
        task.log("INFO: creating vzdump archive '" + storage(task).directory() + "/dump/" + fileName(task) + "'");
    }

    @Override
    public List<Step> steps(Task task) {
        return List.of(Step.after(datacenter.delays().backup(), () -> archive(task)));
    }

    /** Unlocks the machine; whoever moved it meanwhile did not take the lock away. */
    @Override
    public void failed(Task task) {
        datacenter.cluster().find(task.vmId()).ifPresent(this::unlock);
    }

    @Override
    public TaskFailed failure(Task task, String reason) {
        task.log("ERROR: Backup of VM " + task.vmId() + " failed - " + reason);
        task.log("INFO: Backup job finished with errors");
        return new TaskFailed("job errors");
    }

    private void archive(Task task) throws TaskFailed {
        Vm vm;
        try {
            vm = datacenter.machine(task.upid().node(), task.vmId());
        } catch (TaskFailed e) {
            throw failure(task, e.exitStatus());
        }
        long bytes = vm.volumes().values().stream().mapToLong(Long::longValue).sum() / COMPRESSED_SHARE;
        Storage storage = storage(task);
        if (bytes > storage.freeBytes()) {
            task.log("zstd: error 70 : Write error : cannot write block : No space left on device");
            throw failure(task, "vma_queue_write: write error - Broken pipe");
        }
        String notes = task.arguments().getOrDefault("notes", "");
        if (!notes.isEmpty()) {
            task.log("INFO: adding notes to backup");
        }
        boolean isProtected = task.argument("protected").equals("1");
        if (isProtected) {
            task.log("INFO: marking backup as protected");
        }
        String volume = storage.spec().name() + ":backup/" + fileName(task);
        var created = task.began().truncatedTo(ChronoUnit.SECONDS);
        datacenter
                .cluster()
                .backups()
                .add(task.upid().node(), new Backup(volume, vm.id(), created, bytes, notes, isProtected));
        unlock(vm);
        task.log("INFO: Finished Backup of VM " + vm.id());
        task.log("INFO: Backup job finished successfully");
    }

    private void unlock(Vm vm) {
        if (vm.config().lock().filter(LOCK::equals).isPresent()) {
            vm.config().remove("lock");
            datacenter.cluster().save(vm);
        }
    }

    private Storage storage(Task task) throws TaskFailed {
        String name = task.argument("storage");
        String problem = "could not get storage information for '" + name + "': ";
        try {
            Storage storage =
                    datacenter.cluster().storages().require(task.upid().node(), name);
            if (!storage.spec().content().contains("backup")) {
                throw new TaskFailed(problem + "can't use storage '" + name + "' for backups - wrong content type");
            }
            return storage;
        } catch (PveError e) {
            throw new TaskFailed(problem + e.reason());
        }
    }

    private static String fileName(Task task) {
        return "vzdump-qemu-" + task.vmId() + "-" + IN_NAMES.format(task.began()) + ".vma"
                + switch (task.argument("compress")) {
                    case "zstd" -> ".zst";
                    case "gzip" -> ".gz";
                    case "1", "lzo" -> ".lzo";
                    default -> "";
                };
    }
}
