package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.model.node.Footprint.Machine;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.cluster.OwnerMarker;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares a listing of machines with the live nodes: a pure function, one look at each row. Nodes in an operation, and
 * those that changed since the listing began, are left out, and so is whatever may be theirs.
 */
final class MachineComparison {
    private final Map<Integer, MachineRow> listed;
    private final Set<String> online;
    private final Map<String, KnownNode> nodes;
    private final Instant listedAt;

    private MachineComparison(List<KnownNode> nodes, ClusterListing listing, Instant listedAt) {
        this.listed = listing.machines().stream()
                .collect(Collectors.toMap(MachineRow::vmId, Function.identity(), (first, _) -> first));
        this.online = listing.hosts().stream()
                .filter(HostRow::online)
                .map(HostRow::host)
                .collect(Collectors.toUnmodifiableSet());
        this.nodes = nodes.stream().collect(Collectors.toMap(KnownNode::nodeId, Function.identity()));
        this.listedAt = listedAt;
    }

    /**
     * What differs.
     *
     * @param reserved whether a machine id is reserved for ours
     * @param listedAt a moment before the listing began
     */
    static List<Suspicion> of(List<KnownNode> nodes, ClusterListing listing, IntPredicate reserved, Instant listedAt) {
        var comparison = new MachineComparison(nodes, listing, listedAt);
        var suspicions = new ArrayList<Suspicion>();
        var owned = new HashMap<Integer, KnownNode>();
        for (KnownNode node : nodes) {
            Machine machine = node.footprint().machine();
            if (machine != null) {
                owned.put(machine.vmId(), node);
                comparison.suspicionOf(node, machine).ifPresent(suspicions::add);
            }
        }
        listing.machines().stream()
                .filter(row -> !row.template() && !row.container() && !owned.containsKey(row.vmId()))
                .forEach(row -> comparison.strayOf(row, reserved).ifPresent(suspicions::add));
        return List.copyOf(suspicions);
    }

    private Optional<Suspicion> suspicionOf(KnownNode node, Machine known) {
        int vmId = known.vmId();
        if (!node.isSettledBefore(listedAt)) {
            return Optional.empty();
        }
        MachineRow row = listed.get(vmId);
        if (row == null) {
            return suspect(node, DriftKind.MACHINE_VANISHED, vmId, known.host(), "is not listed any more");
        }
        String host = row.host();
        if (!online.contains(host)) {
            return suspect(node, DriftKind.HOST_OFFLINE, vmId, host, "is on host " + host + ", which is offline");
        }
        if (node.status() == NodeStatus.RUNNING && !row.running()) {
            return suspect(node, DriftKind.POWERED_OFF, vmId, host, "is powered off");
        }
        if (node.status() == NodeStatus.STOPPED && row.running()) {
            return suspect(node, DriftKind.POWERED_ON, vmId, host, "is powered on");
        }
        if (!host.equals(known.host())) {
            String moved = "has moved from " + known.host() + " to " + host;
            return suspect(node, DriftKind.MACHINE_MIGRATED, vmId, host, moved);
        }
        if (!node.nodeId().equals(taggedAs(row))) {
            return suspect(node, DriftKind.MARKER_LOST, vmId, host, "does not bear its node's tag");
        }
        return Optional.empty();
    }

    private static Optional<Suspicion> suspect(KnownNode node, DriftKind kind, int vmId, String host, String what) {
        return Optional.of(Suspicion.ofMachine(node, kind, vmId, host, "Machine " + vmId + " " + what));
    }

    /** A machine that no live node owns, unless it may be the work of an operation. */
    private Optional<Suspicion> strayOf(MachineRow row, IntPredicate reserved) {
        String taggedAs = taggedAs(row);
        if (taggedAs == null && !reserved.test(row.vmId())) {
            return Optional.empty();
        }
        KnownNode node = taggedAs == null ? null : nodes.get(taggedAs);
        return node != null && !node.isSettledBefore(listedAt)
                ? Optional.empty()
                : Optional.of(Suspicion.ofStrayMachine(row.vmId(), row.host(), taggedAs));
    }

    /** The node that its tags name; without the common one they are somebody else's. */
    private static @Nullable String taggedAs(MachineRow row) {
        String tags = row.tags();
        if (tags == null || tags.isBlank()) {
            return null;
        }
        var tagged = new MachineConfig(Map.of("tags", tags));
        return tagged.tags().contains(OwnerMarker.COMMON_TAG)
                ? OwnerMarker.ownerOf(tagged).orElse(null)
                : null;
    }
}
