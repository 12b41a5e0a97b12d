package io.nodeledger.provisioner.proxmox.client;

/**
 * A backup as a storage lists it.
 *
 * @param volumeId e.g. {@code nfs:backup/vzdump-qemu-101-2026_01_31-12_00_00.vma.zst}
 * @param bytes its size
 * @param notes the first line of its notes, empty when it has none
 */
public record BackupVolume(String volumeId, long bytes, String notes) {}
