package io.nodeledger.provisioner.proxmox.backup;

import io.nodeledger.provisioner.proxmox.client.BackupVolume;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The backups of one machine, wherever they are. A shared storage is the same from every host. A local one is another on
 * each, and the machine may have moved since its backup, so all that can be reached are looked at.
 */
record BackupVolumes(ProxmoxClient client, ClusterListing listing, String storage, int vmId) {
    /** The backup whose notes are these. Notes are added last, so it is complete. */
    Optional<BackupVolume> withNotes(String notes) {
        return find(volume -> volume.notes().equals(notes));
    }

    /** The backup that a task's log calls by this name. */
    Optional<BackupVolume> named(String archive) {
        return find(volume -> volume.volumeId().endsWith(":backup/" + archive));
    }

    private Optional<BackupVolume> find(Predicate<BackupVolume> wanted) {
        ProxmoxFailure unanswered = null;
        boolean answered = false;
        for (StorageRow place : places()) {
            try {
                Optional<BackupVolume> found = client.backups(place.host(), storage, vmId).stream()
                        .filter(wanted)
                        .findFirst();
                answered = true;
                if (found.isPresent() || place.shared()) {
                    return found;
                }
            } catch (ProxmoxFailure failure) {
                if (failure.kind() != Kind.UNREACHABLE) {
                    throw failure;
                }
                unanswered = failure;
            }
        }
        if (unanswered != null && !answered) {
            throw unanswered;
        }
        return Optional.empty();
    }

    private List<StorageRow> places() {
        List<StorageRow> places = listing.storages().stream()
                .filter(row -> row.storage().equals(storage) && row.available())
                .toList();
        if (places.isEmpty()) {
            throw new ProxmoxFailure(Kind.RETRY_SLOWLY, "No host has storage " + storage + " available for backups");
        }
        return places;
    }
}
