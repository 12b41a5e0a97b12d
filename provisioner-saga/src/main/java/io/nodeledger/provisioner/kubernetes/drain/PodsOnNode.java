package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pods on a node, sorted by what a drain does with them. */
record PodsOnNode(Map<PodFate, List<Pod>> byFate) {
    static PodsOnNode read(KubernetesClient client, String node, Instant drainStarted) {
        return sorted(
                client.pods()
                        .inAnyNamespace()
                        .withField("spec.nodeName", node)
                        .list()
                        .getItems(),
                drainStarted);
    }

    static PodsOnNode sorted(List<Pod> pods, Instant drainStarted) {
        return new PodsOnNode(pods.stream().collect(Collectors.groupingBy(pod -> PodFate.of(pod, drainStarted))));
    }

    List<Pod> of(PodFate fate) {
        return byFate.getOrDefault(fate, List.of());
    }

    /** All that have to be gone before the node is drained. */
    List<Pod> remaining() {
        return byFate.entrySet().stream()
                .filter(entry -> entry.getKey().mustGo())
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    boolean isDrained() {
        return remaining().isEmpty();
    }
}
