package io.nodeledger.provisioner.kubernetes.join;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.activity.JoinSeeds;
import io.nodeledger.provisioner.activity.JoinUnavailable;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;
import io.nodeledger.provisioner.kubernetes.KubernetesRegions;
import io.nodeledger.provisioner.kubernetes.node.StaleNodes;

/**
 * Seeds for machines that join by kubeadm with a bootstrap token of their own. The Kubernetes object that a dead machine
 * left under the node's name is removed first: a kubelet that found it would adopt its labels and identity (reliability,
 * case 19).
 */
public final class KubeadmJoinSeeds implements JoinSeeds {
    private final KubernetesRegions regions;
    private final BootstrapTokens tokens;

    public KubeadmJoinSeeds(KubernetesRegions regions, BootstrapTokens tokens) {
        this.regions = regions;
        this.tokens = tokens;
    }

    @Override
    public String userDataFor(NodeFacts node, Runnable beforeEach) {
        var region = regions.of(node.region());
        try {
            return region.call(() -> {
                StaleNodes.removeDead(region, node, beforeEach);
                return JoinDocument.render(
                        node, region.trust(), tokens.ensure(region.client(), node.nodeId(), beforeEach));
            });
        } catch (KubernetesClientException failure) {
            throw new JoinUnavailable(
                    "Kubernetes gives no join token: " + ClusterFaults.reason(failure),
                    ClusterFaults.isRefusal(failure),
                    failure);
        }
    }
}
