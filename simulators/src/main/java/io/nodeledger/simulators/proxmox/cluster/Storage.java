package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.StorageSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One storage: how much of it is taken by disks, the ISO images that lie on it as files, and the backups. */
public final class Storage {
    private final StorageSpec spec;
    private final Path isoDirectory;
    private final TreeMap<String, Iso> isos = new TreeMap<>();
    private final TreeMap<String, Backup> backups = new TreeMap<>();
    private long diskBytes;

    Storage(StorageSpec spec, Path directory) throws IOException {
        this.spec = spec;
        this.isoDirectory =
                Files.createDirectories(directory.resolve("template").resolve("iso"));
        try (Stream<Path> files = Files.list(isoDirectory)) {
            for (Path file : files.toList()) {
                remember(file, Files.getLastModifiedTime(file).toInstant());
            }
        }
    }

    public StorageSpec spec() {
        return spec;
    }

    public long usedBytes() {
        return diskBytes
                + isos.values().stream().mapToLong(Iso::bytes).sum()
                + backups.values().stream().mapToLong(Backup::bytes).sum();
    }

    public long freeBytes() {
        return Math.max(0, spec.bytes() - usedBytes());
    }

    public void requireContent(String content) {
        if (!spec.content().contains(content)) {
            throw PveError.failed("storage '" + spec.name() + "' does not support content-type '" + content + "'");
        }
    }

    public List<Iso> isos() {
        return List.copyOf(isos.values());
    }

    public Optional<Iso> iso(String volumeId) {
        return Optional.ofNullable(isos.get(volumeId));
    }

    /** Moves an uploaded file here; an image of that name is replaced. */
    public void addIso(String fileName, Path uploaded, Instant now) {
        try {
            Path target = isoDirectory.resolve(fileName);
            Files.move(uploaded, target, StandardCopyOption.REPLACE_EXISTING);
            remember(target, now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void removeIso(Iso iso) {
        try {
            Files.deleteIfExists(iso.file());
            isos.remove(iso.volumeId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Backup> backups() {
        return List.copyOf(backups.values());
    }

    public Optional<Backup> backup(String volumeId) {
        return Optional.ofNullable(backups.get(volumeId));
    }

    /** Where its files are, as its hosts see it. */
    public String directory() {
        return spec.type().equals("dir") ? "/var/lib/vz" : "/mnt/pve/" + spec.name();
    }

    void backup(Backup added) {
        backups.put(added.volumeId(), added);
    }

    void dropBackup(Backup removed) {
        backups.remove(removed.volumeId());
    }

    /** A disk's volume id, as this kind of storage names it. */
    public String volumeId(int vmId, int number, boolean base) {
        String name = (base ? "base-" : "vm-") + vmId + "-disk-" + number;
        boolean files = spec.type().equals("nfs")
                || spec.type().equals("dir")
                || spec.type().equals("cifs");
        return files ? spec.name() + ":" + vmId + "/" + name + ".qcow2" : spec.name() + ":" + name;
    }

    void diskBytes(long difference) {
        diskBytes += difference;
    }

    private void remember(Path file, Instant changed) throws IOException {
        String volumeId = spec.name() + ":iso/" + file.getFileName();
        isos.put(volumeId, new Iso(volumeId, file, Files.size(file), changed));
    }

    /** An ISO image, with its size in bytes. */
    public record Iso(String volumeId, Path file, long bytes, Instant changed) {}
}
