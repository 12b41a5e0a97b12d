package io.nodeledger.simulators.proxmox.cluster;

import java.time.Instant;

/**
 * A machine's backup, which outlives the machine.
 *
 * @param volumeId such as {@code shared:backup/vzdump-qemu-101-2026_01_31-12_00_00.vma.zst}
 * @param vmId the machine that it is of
 * @param created when it was begun, in whole seconds
 * @param bytes size of the archive
 * @param notes empty when it has none
 * @param isProtected whether it may not be removed
 */
public record Backup(String volumeId, int vmId, Instant created, long bytes, String notes, boolean isProtected) {
    /** The archive's file name. */
    public String fileName() {
        return volumeId.substring(volumeId.indexOf('/') + 1);
    }

    /** Such as {@code vma.zst}. */
    public String format() {
        return volumeId.substring(volumeId.indexOf(".vma") + 1);
    }

    /** The first line of the notes, which is all that a list shows. */
    public String firstNote() {
        return notes.lines().findFirst().orElse("");
    }
}
