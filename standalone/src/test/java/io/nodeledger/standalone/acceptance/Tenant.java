package io.nodeledger.standalone.acceptance;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who runs things on a workspace's nodes, and reckons what is left there from what the cluster itself says. */
final class Tenant implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String MADE_BY = "made-by";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    private final KubernetesClient client;
    private final String workspace;

    Tenant(KubernetesClient client, String workspace) {
        this.client = client;
        this.workspace = workspace;
    }

    /** Pods of a Deployment on the workspace's nodes; answers its name. */
    String deploy(String name, int replicas, String cpu) {
        var labels = Map.of("app", "label-of-" + name, MADE_BY, workspace);
        return client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withSpec(asking(cpu))
                        .endTemplate()
                        .endSpec()
                        .build())
                .create()
                .getMetadata()
                .getName();
    }

    void pod(String name, long milliCpu) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .withLabels(Map.of(MADE_BY, workspace))
                        .endMetadata()
                        .withSpec(asking(milliCpu + "m"))
                        .build())
                .create();
    }

    Pod find(String name) {
        return Objects.requireNonNull(
                client.pods().inNamespace(NAMESPACE).withName(name).get());
    }

    /** Thousandths of a core that pods may still request; none of the pods has init containers or overhead. */
    long milliCpuLeftOn(String node) {
        var allocatable = client.nodes().withName(node).get().getStatus().getAllocatable();
        var requested = client.pods().inAnyNamespace().withField("spec.nodeName", node).list().getItems().stream()
                .filter(pod -> !ENDED.contains(pod.getStatus().getPhase()))
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .flatMap(container -> Optional.ofNullable(container.getResources()).stream())
                .flatMap(resources -> Optional.ofNullable(resources.getRequests()).stream())
                .map(Tenant::milliCpu)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return milliCpu(allocatable).subtract(requested).longValueExact();
    }

    private static BigDecimal milliCpu(Map<String, Quantity> amounts) {
        return amounts.getOrDefault("cpu", new Quantity("0"))
                .getNumericalAmount()
                .movePointRight(3);
    }

    private PodSpec asking(String cpu) {
        return new PodSpecBuilder()
                .withNodeSelector(Map.of("workspace", workspace))
                .withTerminationGracePeriodSeconds(1L)
                .addNewToleration()
                .withKey("dedicated")
                .withOperator("Exists")
                .withEffect("NoSchedule")
                .endToleration()
                .addNewContainer()
                .withName("main")
                .withImage("web")
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity(cpu)))
                .endResources()
                .endContainer()
                .build();
    }

    @Override
    public void close() {
        client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel(MADE_BY, workspace)
                .delete();
        client.apps()
                .replicaSets()
                .inNamespace(NAMESPACE)
                .withLabel(MADE_BY, workspace)
                .delete();
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel(MADE_BY, workspace)
                .withGracePeriod(0)
                .delete();
    }
}
