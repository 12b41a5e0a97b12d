package io.nodeledger.provisioner.proxmox.backup;

import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.ListedTask;
import io.nodeledger.provisioner.proxmox.client.ProxmoxClient;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.client.Upid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tasks that back one machine up, whichever host runs them. */
record BackupTasks(ProxmoxClient client) {
    private static final String TYPE = "vzdump";
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

    /** How a task is doing; empty when the server has forgotten it, or when its host is down and it with it. */
    Optional<TaskStatus> status(Upid upid) {
        try {
            return Optional.of(client.task(upid));
        } catch (ProxmoxFailure failure) {
            return switch (failure.kind()) {
                case PERMANENT, ABSENT -> Optional.empty();
                case RETRY, UNREACHABLE, UNKNOWN_OUTCOME -> {
                    if (client.listing().isOnline(upid.host())) {
                        throw failure;
                    }
                    yield Optional.empty();
                }
                default -> throw failure;
            };
        }
    }

    /**
     * All of a machine since then, on all hosts that are online. Only the machine's own host must answer: a machine that
     * is being backed up does not move.
     */
    List<ListedTask> since(ClusterListing listing, int vmId, Instant since) {
        Optional<String> own = listing.machine(vmId).map(MachineRow::host);
        var tasks = new ArrayList<ListedTask>();
        for (HostRow host : listing.hosts()) {
            try {
                if (host.online()) {
                    tasks.addAll(client.tasks(host.host(), vmId, TYPE, since.minus(CLOCKS_DIFFER)));
                }
            } catch (ProxmoxFailure failure) {
                if (failure.kind() != Kind.UNREACHABLE
                        || own.filter(host.host()::equals).isPresent()) {
                    throw failure;
                }
            }
        }
        return tasks;
    }

    BackupLog log(Upid upid) {
        return new BackupLog(client.taskLog(upid));
    }
}
