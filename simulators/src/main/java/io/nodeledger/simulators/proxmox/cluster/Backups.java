package io.nodeledger.simulators.proxmox.cluster;

import io.nodeledger.simulators.proxmox.store.Journal;

/** Puts backups on their storages and takes them away, so that they survive a restart. */
public final class Backups {
    private static final String KIND = "backup";

    private final Journal journal;
    private final Storages storages;

    Backups(Journal journal, Storages storages) {
        this.journal = journal;
        this.storages = storages;
        for (Kept kept : journal.all(KIND, Kept.class)) {
            storages.ofVolume(kept.host(), kept.backup().volumeId()).backup(kept.backup());
        }
    }

    /** Adds a backup that a host has made; one of the same name is replaced. */
    public void add(String host, Backup backup) {
        storage(host, backup).backup(backup);
        journal.put(KIND, key(host, backup), new Kept(host, backup));
    }

    public void remove(String host, Backup backup) {
        storage(host, backup).dropBackup(backup);
        journal.remove(KIND, key(host, backup));
    }

    private Storage storage(String host, Backup backup) {
        return storages.ofVolume(host, backup.volumeId());
    }

    /** What is on a shared storage is the same from every host. */
    private String key(String host, Backup backup) {
        return (storage(host, backup).spec().shared() ? "" : host + "/") + backup.volumeId();
    }

    /** What is kept of a backup. */
    record Kept(String host, Backup backup) {}
}
