package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import java.util.Optional;
import java.util.Set;

/** Finds a node's machine by its recorded id, on whatever host of the cluster it is, and reads whose it is. */
public final class Machines {
    private Machines() {}

    /**
     * Looks on the recorded host first, which costs one call, then in the whole cluster.
     *
     * @throws ProxmoxFailure also when the cluster's listing can't be trusted, or hides a machine whose configuration
     *     may not be read; then nothing is known
     */
    public static Sighting find(ProxmoxRegion region, String nodeId, Placement placement) {
        try {
            return sighting(placement.host(), nodeId, region.client().config(placement.host(), placement.vmId()));
        } catch (ProxmoxFailure notThere) {
            return switch (notThere.kind()) {
                case ABSENT, DENIED, RETRY, UNREACHABLE, UNKNOWN_OUTCOME ->
                    inCluster(region, nodeId, placement, notThere);
                default -> throw notThere;
            };
        }
    }

    /** Not there, not readable and host not reachable all mean: ask the cluster. */
    private static Sighting inCluster(
            ProxmoxRegion region, String nodeId, Placement placement, ProxmoxFailure notThere) {
        Optional<MachineRow> listed = region.client().listing().machine(placement.vmId());
        if (listed.isEmpty()) {
            if (notThere.kind() == Kind.DENIED) {
                throw notThere;
            }
            return new Sighting.Absent();
        }
        String host = listed.get().host();
        if (listed.get().container()) {
            return new Sighting.Foreign(host, "it is a container");
        }
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

    private static Sighting sighting(String host, String nodeId, MachineConfig config) {
        Set<String> owners = OwnerMarker.ownersOf(config);
        if (owners.equals(Set.of(nodeId))) {
            return new Sighting.Ours(host, config);
        }
        if (owners.isEmpty()) {
            return "clone".equals(config.lock())
                    ? new Sighting.Unmarked(host)
                    : new Sighting.Foreign(host, "it does not carry this node's marker");
        }
        return new Sighting.Foreign(host, "it belongs to " + String.join(" and ", owners));
    }
}
