package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a region's providers hold, and what the nodes' streams say of it.
 *
 * @param at a moment before the first listing began
 * @param nodes the live nodes, read after the machines: whatever began meanwhile is known to be in flight
 */
record Listings(Instant at, ClusterListing machines, KubernetesListing kubernetes, List<KnownNode> nodes) {
    /**
     * Asks both providers.
     *
     * @throws UntrustedListing when one does not answer, or with what can't be the whole truth
     */
    static Listings read(ProxmoxRegion proxmox, KubernetesRegion kubernetes, KnownNodes known, Instant at) {
        try {
            ClusterListing machines = proxmox.client().listing();
            List<KnownNode> nodes = known.in(proxmox.id());
            boolean expected = nodes.stream()
                    .anyMatch(node -> node.isWell() && node.footprint().kubernetes() != null);
            KubernetesListing seen = kubernetes.call(() -> KubernetesListing.read(kubernetes, expected));
            return new Listings(at, machines, seen, nodes);
        } catch (ProxmoxFailure failure) {
            throw new UntrustedListing("Proxmox: " + failure.getMessage());
        } catch (KubernetesClientException failure) {
            throw new UntrustedListing("Kubernetes: " + ClusterFaults.reason(failure));
        }
    }

    /** What differs. */
    List<Suspicion> compare(ProxmoxRegion proxmox) {
        var reserved = proxmox.vmIds();
        var suspicions = new ArrayList<>(
                MachineComparison.of(nodes, machines, vmId -> reserved.first() <= vmId && vmId <= reserved.last(), at));
        suspicions.addAll(KubernetesComparison.of(nodes, kubernetes, at));
        return List.copyOf(suspicions);
    }

    Set<String> onlineHosts() {
        return machines.hosts().stream()
                .filter(HostRow::online)
                .map(HostRow::host)
                .collect(Collectors.toUnmodifiableSet());
    }

    int liveNodes() {
        return (int) nodes.stream()
                .filter(node -> node.footprint().machine() != null)
                .count();
    }
}
