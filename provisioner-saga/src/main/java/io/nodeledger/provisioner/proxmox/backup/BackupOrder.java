package io.nodeledger.provisioner.proxmox.backup;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A backup that is wanted.
 *
 * @param region the region's id
 * @param nodeId the node whose machine it is of
 * @param vmId the machine's id
 * @param host the host that the machine is known to be on; it may have moved since
 * @param backupId what the backup is for; with the node's id it names exactly one backup
 * @param upid the task that {@link BackupRound.Started} told last, absent before that
 * @param since when the backup was first wanted
 */
public record BackupOrder(
        String region,
        String nodeId,
        int vmId,
        String host,
        String backupId,
        @Nullable String upid,
        Instant since) {
    /** What the backup's notes say, one line by which it is found again. */
    String notes() {
        return "nodeledger backup " + backupId + " of " + nodeId;
    }
}
