package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.provisioner.kubernetes.node.NodeContract;

/** Kubernetes nodes made by hand. */
final class KubernetesObjects {
    private KubernetesObjects() {}

    /** A node that is labelled as one of ours and whose kubelet has reported this readiness. */
    static void make(KubernetesClient client, String name, String labelledAs, String ready) {
        var node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(NodeContract.NODE_ID_LABEL, labelledAs)
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        client.resource(node).create();
        client.nodes().withName(name).editStatus(made -> {
            made.setStatus(new NodeStatusBuilder()
                    .withConditions(new NodeConditionBuilder()
                            .withType("Ready")
                            .withStatus(ready)
                            .withReason("ByHand")
                            .build())
                    .build());
            return made;
        });
    }
}
