package io.nodeledger.provisioner.kubernetes.node;

import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.KubernetesRegion;

/** Kubernetes objects that bear a node's name but belong to a dead machine. */
public final class StaleNodes {
    private StaleNodes() {}

    /**
     * Removes such an object when its kubelet is silent; anything alive, or ours, stays.
     *
     * @param beforeRemoval checked right before it
     */
    public static void removeDead(KubernetesRegion region, NodeFacts facts, Runnable beforeRemoval) {
        region.node(facts.kubernetesName())
                .filter(node -> Ownership.of(node, facts) != Ownership.OURS)
                .filter(node -> Readiness.of(node) == Readiness.UNREACHABLE)
                .ifPresent(node -> {
                    beforeRemoval.run();
                    Deletions.exactly(region.client(), "/api/v1/nodes/" + facts.kubernetesName(), node);
                });
    }
}
