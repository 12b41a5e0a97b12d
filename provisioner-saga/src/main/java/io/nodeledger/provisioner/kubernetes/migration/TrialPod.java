package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.drain.Taints;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A pod that is only tried, to see what the API server makes of a namespace's annotations. It asks for little and keeps to
 * the strictest rules, so that nobody else has anything against it.
 */
final class TrialPod {
    /** An API server may learn of a changed annotation a moment later. */
    private static final int TRIES = 5;

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final Map<String, Quantity> LITTLE =
            Map.of("cpu", new Quantity("1m"), "memory", new Quantity("1Mi"));

    private TrialPod() {}

    /**
     * Tries.
     *
     * @return what is missing, for people; nothing when a pod would be directed
     * @throws KubernetesClientException when the API server does not want such a pod
     */
    static Optional<String> missing(KubernetesClient client, String namespace, Target.Dedicated target)
            throws InterruptedException {
        for (int tried = 1; ; tried++) {
            var pod = client.pods()
                    .inNamespace(namespace)
                    .resource(pod(namespace))
                    .dryRun()
                    .create();
            var missing = missing(pod, target);
            if (missing.isEmpty() || tried == TRIES) {
                return missing.map(plugin ->
                        "The API server does not direct the pods of namespace %s to nodes: its admission plugin %s is not on"
                                .formatted(namespace, plugin));
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The plugin without which the pod was made; nothing when it is directed. */
    static Optional<String> missing(Pod pod, Target.Dedicated target) {
        var selector = Objects.requireNonNullElse(pod.getSpec().getNodeSelector(), Map.<String, String>of());
        if (!selector.entrySet().containsAll(target.selector().entrySet())) {
            return Optional.of("PodNodeSelector");
        }
        return Taints.against(pod.getSpec(), tainted(target)).map(_ -> "PodTolerationRestriction");
    }

    private static Node tainted(Target.Dedicated target) {
        var node = new NodeBuilder().withNewMetadata().endMetadata().withNewSpec();
        for (Toleration toleration : target.tolerations()) {
            node = node.addNewTaint()
                    .withKey(toleration.getKey())
                    .withValue(toleration.getValue())
                    .withEffect(toleration.getEffect())
                    .endTaint();
        }
        return node.endSpec().build();
    }

    private static Pod pod(String namespace) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withGenerateName("nodeledger-trial-")
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(65534L)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("trial")
                .withImage("registry.k8s.io/pause:3.10")
                .withNewResources()
                .withRequests(LITTLE)
                .withLimits(LITTLE)
                .endResources()
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }
}
