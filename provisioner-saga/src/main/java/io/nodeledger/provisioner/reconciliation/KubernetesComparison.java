package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.model.node.Footprint.Incident;
import io.nodeledger.model.node.Footprint.KubernetesNode;
import io.nodeledger.provisioner.reconciliation.KubernetesListing.SeenNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares a listing of Kubernetes nodes with the live nodes, by the rules of {@link MachineComparison}. */
final class KubernetesComparison {
    private KubernetesComparison() {}

    /**
     * What differs.
     *
     * @param listedAt a moment before the listing began
     */
    static List<Suspicion> of(List<KnownNode> nodes, KubernetesListing listing, Instant listedAt) {
        Map<String, List<SeenNode>> labelled =
                listing.nodes().stream().collect(Collectors.groupingBy(SeenNode::nodeId));
        Map<String, KnownNode> known = nodes.stream().collect(Collectors.toMap(KnownNode::nodeId, Function.identity()));
        var suspicions = new ArrayList<Suspicion>();
        for (KnownNode node : nodes) {
            KubernetesNode expected = node.footprint().kubernetes();
            if (expected != null && node.isWell() && node.isSettledBefore(listedAt)) {
                suspicionOf(node, expected, labelled.getOrDefault(node.nodeId(), List.of()))
                        .ifPresent(suspicions::add);
            }
        }
        labelled.forEach((nodeId, seen) -> strays(known.get(nodeId), seen, listedAt).stream()
                .map(Suspicion::ofStrayKubernetesNode)
                .forEach(suspicions::add));
        return List.copyOf(suspicions);
    }

    private static Optional<Suspicion> suspicionOf(KnownNode node, KubernetesNode expected, List<SeenNode> seen) {
        String name = expected.name();
        Optional<SeenNode> same =
                seen.stream().filter(one -> one.name().equals(name)).findFirst();
        if (same.isPresent()) {
            return expected.incident() == Incident.NONE && same.get().uid().equals(expected.uid())
                    ? Optional.empty()
                    : suspect(node, DriftKind.KUBERNETES_NODE_RECOVERED, name, name + " is there again", false);
        }
        if (seen.size() == 1) {
            String found = seen.getFirst().name();
            String renamed = name + " is called " + found + " in Kubernetes";
            boolean recorded = expected.incident() == Incident.RENAMED;
            return suspect(node, DriftKind.KUBERNETES_NODE_RENAMED, found, renamed, recorded);
        }
        boolean recorded = expected.incident() == Incident.LOST;
        return suspect(node, DriftKind.KUBERNETES_NODE_LOST, name, "Kubernetes has no node " + name, recorded);
    }

    private static Optional<Suspicion> suspect(
            KnownNode node, DriftKind kind, String name, String detail, boolean recorded) {
        return Optional.of(Suspicion.ofKubernetes(node, kind, name, detail, recorded));
    }

    /** All of an ended node; of a live one those beside its own, or beside the only one that it may have become. */
    private static List<SeenNode> strays(@Nullable KnownNode node, List<SeenNode> seen, Instant listedAt) {
        if (node == null || (node.isSettledBefore(listedAt) && node.hasEnded())) {
            return seen;
        }
        if (!node.isSettledBefore(listedAt) || seen.size() == 1) {
            return List.of();
        }
        return seen.stream()
                .filter(one -> !one.name().equals(node.kubernetesName()))
                .toList();
    }
}
