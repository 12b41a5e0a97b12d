package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reckons what room a cluster has. A machine counts with what it is configured for, running or not, because a stopped
 * one may be started at any time; one that was claimed of late counts with its plan's size, because the cluster may not
 * show it yet or show it with its template's size.
 */
public final class ClusterRoom {
    private static final long GIB = 1L << 30;

    private final PlacementSettings settings;
    private final String storage;
    private final int template;

    public ClusterRoom(PlacementSettings settings, String storage, int template) {
        this.settings = settings;
        this.storage = storage;
        this.template = template;
    }

    /**
     * The hosts that machines may be cloned to, with their room. A template on a local storage can only be cloned to the
     * host that it is on.
     *
     * @param templateIsShared whether the template's disks are on a storage that all hosts see
     */
    public List<HostRoom> hosts(ClusterListing listing, List<Claim> recent, boolean templateIsShared) {
        String templateHost = listing.machine(template).map(MachineRow::host).orElse("");
        var rooms = new ArrayList<HostRoom>();
        for (HostRow host : listing.hosts()) {
            Optional<StorageRow> disks = listing.storage(storage, host.host()).filter(StorageRow::available);
            boolean shared = templateIsShared && disks.map(StorageRow::shared).orElse(false);
            boolean reachable = shared || host.host().equals(templateHost);
            if (host.online() && reachable && disks.isPresent()) {
                rooms.add(room(host, disks.get(), listing, recent));
            }
        }
        return rooms;
    }

    private HostRoom room(HostRow host, StorageRow disks, ClusterListing listing, List<Claim> recent) {
        Map<Integer, Claim> claims = recent.stream().collect(Collectors.toMap(Claim::vmId, claim -> claim));
        double cores = 0;
        long memory = 0;
        int machines = 0;
        for (MachineRow machine : listing.machines()) {
            if (machine.host().equals(host.host()) && !machine.template() && !claims.containsKey(machine.vmId())) {
                cores += machine.cores();
                memory += machine.memoryBytes();
                machines++;
            }
        }
        long promised = 0;
        for (Claim claim : recent) {
            String where = listing.machine(claim.vmId()).map(MachineRow::host).orElse(claim.host());
            if (where.equals(host.host())) {
                cores += claim.size().cores();
                memory += claim.size().memoryBytes();
                machines++;
            }
            if (claim.storage().equals(storage) && (disks.shared() || where.equals(host.host()))) {
                promised += listing.machine(claim.vmId()).isPresent()
                        ? 0
                        : claim.size().storageBytes();
            }
        }
        long taken = Math.max(memory, host.usedMemoryBytes());
        return new HostRoom(
                host.host(),
                storage,
                disks.shared(),
                machines,
                (int) Math.floor(host.cores() * settings.cpuOvercommit() - cores),
                host.memoryBytes() - settings.memoryReserveGb() * GIB - taken,
                disks.totalBytes() - disks.usedBytes() - promised);
    }
}
