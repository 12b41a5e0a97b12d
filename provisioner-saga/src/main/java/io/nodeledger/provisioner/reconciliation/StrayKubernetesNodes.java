package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.node.Deletions;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.NodeLeases;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import io.nodeledger.provisioner.reconciliation.NodeReader.FreshNode;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes nodes with our label that no live node owns. One of a node that has ended is deleted, but not while its
 * kubelet answers and its machine exists: then pods run there.
 */
final class StrayKubernetesNodes {

    private final KubernetesRegion region;
    private final NodeReader nodes;
    private final IntPredicate machineExists;

    StrayKubernetesNodes(KubernetesRegion region, NodeReader nodes, IntPredicate machineExists) {
        this.region = region;
        this.nodes = nodes;
        this.machineExists = machineExists;
    }

    /** What a stray Kubernetes node is; its removal has not begun. */
    Look at(String name, String nodeId) {
        Optional<Node> found = labelled(name, nodeId);
        if (found.isEmpty()) {
            return new Look.Nothing();
        }
        Optional<KnownNode> known = nodes.read(nodeId).map(FreshNode::node);
        if (known.isEmpty()) {
            return told(name + " is labelled as " + nodeId + ", which this database does not know", null);
        }
        KnownNode node = known.get();
        if (node.isInFlight()) {
            return new Look.Nothing();
        }
        if (!node.hasEnded() || !node.region().equals(region.id())) {
            return told(
                    "%s is labelled as %s, which is %s in region %s and has another Kubernetes node"
                            .formatted(name, nodeId, node.status().word(), node.region()),
                    node);
        }
        return isDead(found.get(), node)
                ? new Look.Told(DriftKind.ORPHAN_KUBERNETES_NODE, name + " is left over from " + nodeId, node)
                : told(
                        name + " is left over from " + nodeId + ", but its kubelet answers and its machine exists",
                        node);
    }

    private static Look told(String detail, @Nullable KnownNode node) {
        return new Look.Told(DriftKind.UNKNOWN_KUBERNETES_NODE, detail, node);
    }

    private boolean isDead(Node found, KnownNode node) {
        return Readiness.of(found) == Readiness.UNREACHABLE
                || node.footprint().allocated().stream().noneMatch(machineExists::test);
    }

    /**
     * Deletes one that is left over, if it still is.
     *
     * @return whether it is gone now
     */
    boolean remove(String name, String nodeId, Guard guard) {
        Optional<Node> found = labelled(name, nodeId);
        boolean leftover = found.isPresent()
                && at(name, nodeId) instanceof Look.Told told
                && told.kind() == DriftKind.ORPHAN_KUBERNETES_NODE;
        if (!leftover) {
            return found.isEmpty();
        }
        guard.assertHeld();
        Deletions.exactly(region.client(), "/api/v1/nodes/" + name, found.get());
        region.client()
                .leases()
                .inNamespace(NodeLeases.NAMESPACE)
                .withName(name)
                .delete();
        return labelled(name, nodeId).isEmpty();
    }

    private Optional<Node> labelled(String name, String nodeId) {
        return region.node(name).filter(node -> {
            var labels = node.getMetadata().getLabels();
            return labels != null && nodeId.equals(labels.get(NodeContract.NODE_ID_LABEL));
        });
    }
}
