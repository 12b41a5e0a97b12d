package io.nodeledger.provisioner.proxmox.backup;

/** What came of a look at a backup that is wanted. */
public sealed interface BackupRound {
    /**
     * A task makes it. Its id is to be recorded before the next round, which is given it.
     *
     * @param upid the task's id
     */
    record Started(String upid) implements BackupRound {}

    /**
     * Something has to end first: the backup itself, or what holds the machine. No failed attempt.
     *
     * @param note what it is, for people
     */
    record Running(String note) implements BackupRound {}

    /**
     * It is there.
     *
     * @param volumeId e.g. {@code nfs:backup/vzdump-qemu-101-2026_01_31-12_00_00.vma.zst}
     * @param bytes its size
     */
    record Done(String volumeId, long bytes) implements BackupRound {}

    /**
     * A failed attempt; another one may succeed. It needs nothing but the same order again.
     *
     * @param reason for people
     */
    record Retry(String reason) implements BackupRound {}

    /**
     * It will never work like this.
     *
     * @param code {@code BACKUP_NOT_CONFIGURED}, {@code MACHINE_VANISHED}, {@code MACHINE_FOREIGN},
     *     {@code INSUFFICIENT_CAPACITY} when the storage is full, or {@code PROVIDER_REFUSED}
     * @param reason for people
     */
    record Failed(String code, String reason) implements BackupRound {}
}
