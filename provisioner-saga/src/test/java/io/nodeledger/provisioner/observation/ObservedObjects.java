package io.nodeledger.provisioner.observation;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Instant;
import java.time.ZoneOffset;

/** Kubernetes objects of nodes as a cluster shows them. */
final class ObservedObjects {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private ObservedObjects() {}

    /** Node {@code node-N} on machine 100 + N, registered an hour before noon. */
    static Node node(int number, String bootId) {
        return node("node-" + number, "node-" + number + "-k8s", 100 + number, bootId);
    }

    static Node node(String label, String name, int vmId, String bootId) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .withUid("uid-of-" + name)
                .withCreationTimestamp("2026-01-01T11:00:00Z")
                .addToLabels("nodeledger.io/node-id", label)
                .endMetadata()
                .withNewSpec()
                .withProviderID("proxmox://us-west-2/" + vmId)
                .endSpec()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .withLastTransitionTime("2026-01-01T11:00:30Z")
                .endCondition()
                .withNewNodeInfo()
                .withBootID(bootId)
                .withKernelVersion("6.8.0-88-generic")
                .withOsImage("Ubuntu 24.04.3 LTS")
                .withContainerRuntimeVersion("containerd://2.2.1")
                .withKubeletVersion("v1.36.1")
                .endNodeInfo()
                .endStatus()
                .build();
    }

    static Lease lease(int number, Instant renewedAt) {
        return new LeaseBuilder()
                .withNewMetadata()
                .withName("node-" + number + "-k8s")
                .endMetadata()
                .withNewSpec()
                .withRenewTime(renewedAt.atZone(ZoneOffset.UTC))
                .endSpec()
                .build();
    }
}
