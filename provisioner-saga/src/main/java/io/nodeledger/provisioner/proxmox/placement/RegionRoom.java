package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at a region's cluster and says what room it has. */
public final class RegionRoom {
    private final PlacementSettings settings;
    private final Map<String, String> templateStorages = new ConcurrentHashMap<>();

    public RegionRoom(PlacementSettings settings) {
        this.settings = settings;
    }

    /** What the cluster is like right now: one call, and once another for the template. */
    public Snapshot look(ProxmoxRegion region) {
        ClusterListing listing = region.client().listing();
        String storage = templateStorages.computeIfAbsent(region.id(), id -> templateStorage(region, listing));
        boolean shared = listing.storages().stream()
                .filter(row -> row.storage().equals(storage))
                .anyMatch(StorageRow::shared);
        var reckoning = new ClusterRoom(
                settings, region.settings().storage(), region.settings().template());
        return new Snapshot(listing, reckoning, shared);
    }

    private static String templateStorage(ProxmoxRegion region, ClusterListing listing) {
        int template = region.settings().template();
        String host = listing.machine(template).orElseThrow().host();
        MachineConfig config = region.client().config(host, template);
        return config.rootDisk().map(config::storageOf).orElse("");
    }

    /** A cluster at one moment. */
    public record Snapshot(ClusterListing listing, ClusterRoom reckoning, boolean templateIsShared) {
        /** The hosts that machines may go to, with the room that is left once these claims are honoured. */
        public List<HostRoom> hosts(List<Claim> recent) {
            return reckoning.hosts(listing, recent, templateIsShared);
        }
    }
}
