package io.nodeledger.provisioner.proxmox.client;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code cluster/resources} lists at one moment. A machine's existence is immediate in it; names and states lag.
 * Made only from listings that can be trusted, see {@link ProxmoxClient#listing}.
 */
public record ClusterListing(List<MachineRow> machines, List<HostRow> hosts, List<StorageRow> storages) {
    /**
     * A machine.
     *
     * @param host the host that it is on now
     * @param container whether it is a container, which shares the machines' ids and is nothing of ours
     * @param cores virtual CPUs
     * @param memoryBytes RAM
     * @param tags separated by semicolons
     * @param uptimeSeconds since its process was started, which moving to another host does anew; 0 while it is off
     */
    public record MachineRow(
            int vmId,
            String host,
            boolean container,
            boolean running,
            boolean template,
            double cores,
            long memoryBytes,
            @Nullable String tags,
            long uptimeSeconds) {}

    /**
     * A host.
     *
     * @param cores CPUs
     * @param memoryBytes RAM
     * @param usedMemoryBytes RAM in use as the host measures it
     */
    public record HostRow(String host, boolean online, double cores, long memoryBytes, long usedMemoryBytes) {}

    /**
     * A storage as one host sees it.
     *
     * @param shared whether all hosts see the same content
     */
    public record StorageRow(
            String storage, String host, boolean available, boolean shared, long totalBytes, long usedBytes) {}

    /** The machine with this id, wherever it is. */
    public Optional<MachineRow> machine(int vmId) {
        return machines.stream().filter(row -> row.vmId() == vmId).findFirst();
    }

    /** All ids in use. */
    public Set<Integer> machineIds() {
        return machines.stream().map(MachineRow::vmId).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether a host is in the cluster and online. */
    public boolean isOnline(String host) {
        return hosts.stream().anyMatch(row -> row.host().equals(host) && row.online());
    }

    /** A storage as a host sees it. */
    public Optional<StorageRow> storage(String storage, String host) {
        return storages.stream()
                .filter(row -> row.storage().equals(storage) && row.host().equals(host))
                .findFirst();
    }
}
