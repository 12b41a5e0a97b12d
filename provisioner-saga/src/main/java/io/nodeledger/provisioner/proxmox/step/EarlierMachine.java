package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import io.nodeledger.provisioner.proxmox.placement.Claim;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.MachineSize;
import java.util.Optional;

/**
 * A machine that is marked as a node's before the node has chosen one. A database restored from a backup knows nothing of
 * it; a second machine beside it could never join under the node's name, and nobody would own the first.
 */
final class EarlierMachine {
    private final MachineIds ids;

    EarlierMachine(MachineIds ids) {
        this.ids = ids;
    }

    /** Claims such a machine's id; empty when there is none, as a rule. */
    Optional<Claim> adopt(ProxmoxRegion cluster, NodeFacts node, ClusterListing listing, MachineSize size) {
        return listing.machines().stream()
                .filter(row -> isTagged(row, node.nodeId()) && isReserved(row.vmId(), cluster))
                .filter(row -> !node.burntIds().contains(row.vmId()))
                .filter(row -> Machines.find(cluster, node.nodeId(), new Placement(row.host(), row.vmId(), ""))
                        instanceof Sighting.Ours)
                .findFirst()
                .flatMap(row -> {
                    var spot =
                            new MachineIds.Spot(row.host(), cluster.settings().storage(), size);
                    return ids.adopt(cluster.id(), node.nodeId(), row.vmId(), spot);
                });
    }

    private static boolean isTagged(MachineRow row, String nodeId) {
        String tags = row.tags();
        return tags != null && tags.contains(nodeId) && !row.template() && !row.container();
    }

    private static boolean isReserved(int vmId, ProxmoxRegion cluster) {
        return cluster.vmIds().first() <= vmId && vmId <= cluster.vmIds().last();
    }
}
