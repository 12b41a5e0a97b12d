package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        String storage = templateStorages.get(region.id());
        if (storage == null) {
            storage = templateStorage(region, listing);
            templateStorages.put(region.id(), storage);
        }
        return snapshot(region, listing, storage);
    }

    private Snapshot snapshot(ProxmoxRegion region, ClusterListing listing, String storage) {
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
        Set<String> owners = OwnerMarker.ownersOf(config);
        if (!owners.isEmpty()) {
            throw new ProxmoxFailure(
                    Kind.PERMANENT,
                    "Template " + template + " is marked as the machine of " + String.join(" and ", owners)
                            + ", and so would be every clone of it: take that out of its tags and its description");
        }
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
