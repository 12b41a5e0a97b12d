package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.api.model.Node;
import io.nodeledger.events.node.Observation;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;
import io.nodeledger.provisioner.kubernetes.node.Cordon;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;
import io.nodeledger.provisioner.kubernetes.node.NodeEdits;
import io.nodeledger.provisioner.kubernetes.node.Ownership;
import io.nodeledger.provisioner.kubernetes.node.ReadyFacts;
import java.util.Optional;

/** Looks at the Kubernetes node of a node itself. */
final class KubernetesLook {
    private final KubernetesRegion region;

    KubernetesLook(KubernetesRegion region) {
        this.region = region;
    }

    /**
     * Looks at what the listing suggests of a node's Kubernetes node.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server does not answer
     */
    Look at(NodeFacts facts, Suspicion suspicion) {
        Optional<Node> own = ours(facts, facts.kubernetesName());
        return switch (suspicion.kind()) {
            case KUBERNETES_NODE_LOST ->
                own.map(node -> forUnlisted(node, facts))
                        .orElseGet(() -> new Look.Seen(new Observation.KubernetesNodeMissing(facts.kubernetesName())));
            case KUBERNETES_NODE_RENAMED -> own.isPresent() ? new Look.Nothing() : forRenamed(facts, suspicion);
            case KUBERNETES_NODE_RECOVERED ->
                own.map(KubernetesLook::forRecovered).orElseGet(Look.Nothing::new);
            default -> throw new IllegalArgumentException(suspicion.kind() + " is nothing of a Kubernetes node");
        };
    }

    /**
     * Brings the Kubernetes node of a node that runs again to what the platform promises of it: what was closed to pods
     * when it was stopped is open, and a kubelet that registered anew has the labels and taints of today.
     */
    void bringUpToDate(NodeFacts facts, Guard guard) {
        NodeEdits.edit(region, facts, guard::assertHeld, node -> {
            boolean opened = Cordon.open(node);
            return NodeContract.apply(facts, node) || opened;
        });
    }

    private Look forRenamed(NodeFacts facts, Suspicion suspicion) {
        String found = String.valueOf(suspicion.kubernetesName());
        return ours(facts, found).isPresent()
                ? new Look.Seen(new Observation.KubernetesNodeRenamed(facts.kubernetesName(), found))
                : new Look.Nothing();
    }

    /** It is there and only does not show in a list of what carries our label. */
    private static Look forUnlisted(Node node, NodeFacts facts) {
        var labels = node.getMetadata().getLabels();
        return labels != null && facts.nodeId().equals(labels.get(NodeContract.NODE_ID_LABEL))
                ? new Look.Nothing()
                : new Look.Told(
                        DriftKind.KUBERNETES_LABEL_LOST,
                        facts.kubernetesName() + " lacks the label " + NodeContract.NODE_ID_LABEL);
    }

    private static Look forRecovered(Node node) {
        return node.getStatus() == null
                ? new Look.Unclear("Its kubelet has not reported yet")
                : new Look.Seen(new Observation.KubernetesNodePresent(ReadyFacts.of(node)));
    }

    private Optional<Node> ours(NodeFacts facts, String name) {
        return region.node(name).filter(node -> Ownership.of(node, facts) == Ownership.OURS);
    }
}
