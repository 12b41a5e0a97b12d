package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;

/** Pods for tests. */
final class APod {
    private APod() {}

    static PodBuilder of(String owner) {
        return alone().editMetadata()
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind(owner)
                .withName("web")
                .withUid("owner-uid")
                .withController(true)
                .endOwnerReference()
                .endMetadata();
    }

    static PodBuilder alone() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("web-1")
                .withUid("pod-uid")
                .withLabels(Map.of("app", "web"))
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("web")
                .withImage("web")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase("Running")
                .endStatus();
    }

    static Pod asking(String cpu) {
        return of("ReplicaSet")
                .editSpec()
                .editFirstContainer()
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
