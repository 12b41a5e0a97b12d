package io.nodeledger.provisioner.proxmox.backup;

import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Done;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Failed;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Retry;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Running;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Started;
import io.nodeledger.provisioner.proxmox.client.BackupVolume;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ListedTask;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import io.nodeledger.provisioner.proxmox.cluster.FailedTasks;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import java.util.List;
import java.util.Optional;

/**
 * Backs machines up in short rounds, each of which looks first and begins a task only when there is neither a backup with
 * the order's notes nor a task that may still make one. So a lost reply, or a crash before the task's id was recorded,
 * costs a look and no second backup.
 *
 * <p>A task that failed is one failed attempt. It is remembered here, so that the next round begins another one although
 * the order still names it; after a crash it may count twice.
 */
public final class MachineBackups {
    private final ProxmoxRegions regions;
    private final FailedTasks failed = new FailedTasks();

    public MachineBackups(ProxmoxRegions regions) {
        this.regions = regions;
    }

    /**
     * Makes one round: a few calls, none of which waits for a task.
     *
     * @param assertLease is run right before the backup is asked for; what it throws gets out
     * @throws InterruptedException when the instance shuts down, which is no failed attempt
     */
    public BackupRound round(BackupOrder order, Runnable assertLease) throws InterruptedException {
        ProxmoxRegion region = regions.region(order.region());
        Optional<String> storage = region.backupStorage();
        if (storage.isEmpty()) {
            return new Failed(
                    "BACKUP_NOT_CONFIGURED",
                    "Region " + region.id() + " has no storage for backups: set its proxmox.backup-storage");
        }
        try {
            return round(new Backup(region, storage.get(), order), assertLease);
        } catch (ProxmoxFailure failure) {
            if (Thread.interrupted()) {
                var stopped = new InterruptedException("The instance shuts down");
                stopped.initCause(failure);
                throw stopped;
            }
            return of(failure);
        }
    }

    private BackupRound round(Backup backup, Runnable assertLease) {
        Optional<Upid> recorded =
                Optional.ofNullable(backup.order().upid()).map(Upid::new).filter(task -> !failed.contains(task));
        Optional<TaskStatus> status = recorded.flatMap(backup.tasks()::status);
        if (status.isPresent() && status.get().running()) {
            return new Running("Machine " + backup.order().vmId() + " is being backed up");
        }
        ClusterListing listing = backup.region().client().listing();
        Optional<BackupVolume> made =
                backup.volumes(listing).withNotes(backup.order().notes());
        if (made.isPresent()) {
            return done(made.get());
        }
        if (status.isPresent()) {
            return ended(backup, listing, recorded.orElseThrow(), status.get());
        }
        return found(backup, listing).orElseGet(() -> begin(backup, assertLease));
    }

    private BackupRound ended(Backup backup, ClusterListing listing, Upid upid, TaskStatus status) {
        BackupLog log = backup.tasks().log(upid);
        if (status.succeeded()) {
            return archived(backup, listing, log);
        }
        BackupRound failure = of(log.failure(status));
        if (failure instanceof Retry) {
            failed.add(upid);
        }
        return failure;
    }

    /** Its notes may be missing, as a task that could not write them ends with a mere warning. */
    private static BackupRound archived(Backup backup, ClusterListing listing, BackupLog log) {
        return log.archive()
                .flatMap(backup.volumes(listing)::named)
                .map(MachineBackups::done)
                .orElseGet(() ->
                        new Retry("Machine " + backup.order().vmId() + " was backed up, but the backup is not listed"));
    }

    /** Tasks that nobody recorded: this order's own, or somebody else's, which is waited for. */
    private static Optional<BackupRound> found(Backup backup, ClusterListing listing) {
        BackupOrder order = backup.order();
        List<ListedTask> tasks = backup.tasks().since(listing, order.vmId(), order.since());
        for (ListedTask task : tasks) {
            if (task.status().running()) {
                boolean ours = backup.tasks().log(task.upid()).asksFor(order.notes());
                return Optional.of(
                        ours
                                ? new Started(task.upid().text())
                                : new Running("Machine " + order.vmId() + " is being backed up for "
                                        + task.upid().user()));
            }
        }
        for (ListedTask task : tasks) {
            if (task.status().succeeded()) {
                BackupLog log = backup.tasks().log(task.upid());
                if (log.asksFor(order.notes())) {
                    return Optional.of(archived(backup, listing, log));
                }
            }
        }
        return Optional.empty();
    }

    private static BackupRound begin(Backup backup, Runnable assertLease) {
        BackupOrder order = backup.order();
        String machine = "Machine " + order.vmId();
        var known = new Placement(order.host(), order.vmId(), "");
        return switch (Machines.find(backup.region(), order.nodeId(), known)) {
            case Sighting.Absent absent ->
                new Failed("MACHINE_VANISHED", machine + " is nowhere in its cluster any more");
            case Sighting.Foreign foreign ->
                new Failed(
                        "MACHINE_FOREIGN",
                        machine + " on " + foreign.host() + " is not this node's: " + foreign.reason());
            case Sighting.Unmarked unmarked -> new Running(machine + " is locked (clone)");
            case Sighting.Ours ours
            when ours.config().lock() != null ->
                new Running(machine + " is locked (" + ours.config().text("lock") + ")");
            case Sighting.Ours ours -> {
                assertLease.run();
                yield backup.region()
                        .client()
                        .backup(ours.host(), order.vmId(), backup.storage(), order.notes())
                        .<BackupRound>map(upid -> new Started(upid.text()))
                        .orElseGet(() -> new Retry(machine + " has left " + ours.host()));
            }
        };
    }

    private static BackupRound done(BackupVolume volume) {
        return new Done(volume.volumeId(), volume.bytes());
    }

    private static BackupRound of(ProxmoxFailure failure) {
        String reason = failure.getMessage() == null ? failure.kind().name() : failure.getMessage();
        return switch (failure.kind()) {
            case OUT_OF_SPACE -> new Failed("INSUFFICIENT_CAPACITY", reason);
            case DENIED, PERMANENT -> new Failed("PROVIDER_REFUSED", reason);
            default -> new Retry(reason);
        };
    }

    private record Backup(ProxmoxRegion region, String storage, BackupOrder order) {
        BackupTasks tasks() {
            return new BackupTasks(region.client());
        }

        BackupVolumes volumes(ClusterListing listing) {
            return new BackupVolumes(region.client(), listing, storage, order.vmId());
        }
    }
}
