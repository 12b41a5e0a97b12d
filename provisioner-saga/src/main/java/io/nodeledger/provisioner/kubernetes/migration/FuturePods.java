package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What a workload's next pods are going to be, once their namespace directs them to the target. */
final class FuturePods {
    private FuturePods() {}

    /**
     * One of them. Where nobody knows what the workload makes pods of, it is like one that there is.
     *
     * @throws IllegalArgumentException when the namespace's annotations can't be read
     */
    static Pod of(KeptPods workload, Namespace namespace, Target target) {
        var template = workload.template();
        var spec = template == null ? own(workload.pods().getFirst(), namespace) : template.getSpec();
        var annotations = NamespaceDirection.annotationsUnder(namespace.getMetadata(), target);
        var selector = new HashMap<>(NamespaceDirection.labels(annotations));
        var contradicted = orEmpty(spec.getNodeSelector());
        contradicted.forEach((key, value) -> {
            if (!selector.getOrDefault(key, value).equals(value)) {
                throw new IllegalArgumentException("its node selector wants %s=%s".formatted(key, value));
            }
        });
        selector.putAll(contradicted);
        var tolerations = Tolerations.joined(
                spec.getTolerations(), Tolerations.read(annotations.getOrDefault(NamespaceDirection.DEFAULTS, "")));
        return new PodBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(workload.name().namespace())
                        .withName(name(workload))
                        .build())
                .withSpec(spec.edit()
                        .withNodeName(null)
                        .withNodeSelector(selector)
                        .withTolerations(tolerations)
                        .build())
                .build();
    }

    private static String name(KeptPods workload) {
        return workload.pods().stream()
                .map(pod -> pod.getMetadata().getName())
                .findFirst()
                .orElse(workload.name().name());
    }

    /** Without what its namespace's selector has added. */
    private static PodSpec own(Pod sample, Namespace namespace) {
        var selector = new HashMap<>(orEmpty(sample.getSpec().getNodeSelector()));
        selector.entrySet()
                .removeAll(NamespaceDirection.labels(
                                orEmpty(namespace.getMetadata().getAnnotations()))
                        .entrySet());
        return sample.getSpec().edit().withNodeSelector(selector).build();
    }

    private static Map<String, String> orEmpty(Map<String, String> map) {
        return Objects.requireNonNullElse(map, Map.of());
    }
}
