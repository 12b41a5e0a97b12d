package io.nodeledger.simulators.proxmox.operation;

import io.nodeledger.simulators.proxmox.cluster.Storage;
import io.nodeledger.simulators.proxmox.task.Locks;
import io.nodeledger.simulators.proxmox.task.Step;
import io.nodeledger.simulators.proxmox.task.Task;
import io.nodeledger.simulators.proxmox.task.TaskFailed;
import io.nodeledger.simulators.proxmox.task.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies what was uploaded onto its storage. */
final class UploadWork implements Work {
    private final Datacenter datacenter;

    UploadWork(Datacenter datacenter) {
        this.datacenter = datacenter;
    }

    @Override
    public List<Locks.Wanted> locks(Task task) {
        return List.of();
    }

    @Override
    public List<Step> steps(Task task) {
        return List.of(Step.after(datacenter.delays().transfer(), () -> copy(task)));
    }

    @Override
    public void failed(Task task) {
        try {
            Files.deleteIfExists(file(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy(Task task) throws TaskFailed {
        Storage storage = datacenter.cluster().storages().require(task.upid().node(), task.argument("storage"));
        String volume = storage.spec().name() + ":iso/" + task.argument("filename");
        if (Files.notExists(file(task)) && storage.iso(volume).isPresent()) {
            return; // a restart came between the move and its record
        }
        if (Long.parseLong(task.argument("bytes")) > storage.freeBytes()) {
            throw new TaskFailed("import failed: No space left on device");
        }
        storage.addIso(
                task.argument("filename"), file(task), datacenter.timeline().now());
    }

    private Path file(Task task) {
        return datacenter.uploads().resolve(task.argument("file"));
    }
}
