package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.Backup;
import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.cluster.Storage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backups among a storage's content; they are hidden from who may not make them. */
final class BackupVolumes {
    private BackupVolumes() {}

    static List<Map<String, Object>> listed(Call call, Storage storage) {
        return storage.backups().stream()
                .filter(backup -> call.number("vmid", backup.vmId()) == backup.vmId())
                .filter(backup -> mayUse(call, storage, backup))
                .map(BackupVolumes::listed)
                .toList();
    }

    static Optional<Map<String, Object>> attributes(Call call, Storage storage, String volumeId) {
        return storage.backup(volumeId)
                .filter(backup -> mayUse(call, storage, backup))
                .map(backup -> attributes(storage, backup));
    }

    static void requireRemovable(Call call, Storage storage, Backup backup) {
        if (!mayUse(call, storage, backup)) {
            throw PveError.denied("/vms/" + backup.vmId(), "VM.Backup");
        }
        if (backup.isProtected()) {
            throw PveError.failed("cannot remove protected archive '" + backup.fileName() + "'");
        }
    }

    private static boolean mayUse(Call call, Storage storage, Backup backup) {
        String path = "/storage/" + storage.spec().name();
        return call.may(path, "Datastore.Allocate")
                || (call.may(path, "Datastore.AllocateSpace") && call.mayOn(backup.vmId(), "VM.Backup"));
    }

    private static Map<String, Object> listed(Backup backup) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("volid", backup.volumeId());
        view.put("content", "backup");
        view.put("subtype", "qemu");
        view.put("format", backup.format());
        view.put("size", backup.bytes());
        view.put("vmid", backup.vmId());
        view.put("ctime", backup.created().getEpochSecond());
        if (!backup.notes().isEmpty()) {
            view.put("notes", backup.firstNote());
        }
        if (backup.isProtected()) {
            view.put("protected", 1);
        }
        return view;
    }

    private static Map<String, Object> attributes(Storage storage, Backup backup) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("format", backup.format());
        view.put("path", storage.directory() + "/dump/" + backup.fileName());
        view.put("size", backup.bytes());
        view.put("used", backup.bytes());
        view.put("notes", backup.notes());
        view.put("protected", backup.isProtected() ? 1 : 0);
        return view;
    }
}
