package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import java.util.Optional;

/** Finds a node's machine by its recorded id, on whatever host of the cluster it is, and reads whose it is. */
public final class Machines {
    private Machines() {}

    /**
     * Looks on the recorded host first, which costs one call, then in the whole cluster.
     *
     * @throws ProxmoxFailure also when the cluster's listing can't be trusted; then nothing is known
     */
    public static Sighting find(ProxmoxRegion region, String nodeId, Placement placement) {
        var onRecordedHost = config(region, placement.host(), placement.vmId());
        if (onRecordedHost.isPresent()) {
            return sighting(placement.host(), nodeId, onRecordedHost.get());
        }
        Optional<MachineRow> listed = region.client().listing().machine(placement.vmId());
        if (listed.isEmpty()) {
            return new Sighting.Absent();
        }
        String host = listed.get().host();
        try {
            return sighting(host, nodeId, region.client().config(host, placement.vmId()));
        } catch (ProxmoxFailure failure) {
            return switch (failure.kind()) {
                case DENIED -> new Sighting.Foreign(host, "its configuration may not be read");
                case ABSENT ->
                    throw new ProxmoxFailure(
                            Kind.RETRY,
                            "Machine " + placement.vmId() + " is listed on " + host + " but not there",
                            failure);
                default -> throw failure;
            };
        }
    }

    /** Not there, not readable and host not reachable all mean: ask the cluster. */
    private static Optional<MachineConfig> config(ProxmoxRegion region, String host, int vmId) {
        try {
            return Optional.of(region.client().config(host, vmId));
        } catch (ProxmoxFailure failure) {
            return switch (failure.kind()) {
                case ABSENT, DENIED, RETRY, UNKNOWN_OUTCOME -> Optional.empty();
                default -> throw failure;
            };
        }
    }

    private static Sighting sighting(String host, String nodeId, MachineConfig config) {
        Optional<String> owner = OwnerMarker.ownerOf(config);
        if (owner.isPresent()) {
            return owner.get().equals(nodeId)
                    ? new Sighting.Ours(host, config)
                    : new Sighting.Foreign(host, "it belongs to " + owner.get());
        }
        return "clone".equals(config.lock())
                ? new Sighting.Unmarked(host)
                : new Sighting.Foreign(host, "it does not carry this node's marker");
    }
}
