package io.nodeledger.standalone.acceptance;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pods of a tenant on a node of his, made as he would make them. They run on the nodes that carry their label. */
final class Workload implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String POOL = "example.com/pool";
    /** A worker that is always there. */
    private static final String OTHER = "shared-1";

    private final KubernetesClient client;
    private final String name;

    private Workload(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** A pod that runs on the node and may run nowhere else. */
    static Workload onlyOn(KubernetesClient client, String kubernetesNode, String name) {
        var workload = new Workload(client, name);
        workload.allow(kubernetesNode);
        workload.replicaSet();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> workload.pods().stream().anyMatch(pod -> isReady(pod) && isOn(pod, kubernetesNode)));
        return workload;
    }

    /** A pod that runs on the node and has another to go to. */
    static Workload movableFrom(KubernetesClient client, String kubernetesNode, String name) {
        var workload = onlyOn(client, kubernetesNode, name);
        workload.allow(OTHER);
        return workload;
    }

    /** Lets none of the pods go. */
    void hold(String budget) {
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(budget)
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(0))
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", name))
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
    }

    void release() {
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .withLabel("app", name)
                .delete();
    }

    /** How many of its pods the node holds, ended or not. */
    long on(String kubernetesNode) {
        return pods().stream().filter(pod -> isOn(pod, kubernetesNode)).count();
    }

    private void allow(String kubernetesNode) {
        client.nodes()
                .withName(kubernetesNode)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"%s-%s\": \"yes\"}}}".formatted(POOL, name));
    }

    private void replicaSet() {
        var labels = Map.of("app", name);
        client.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(1)
                        .withNewSelector()
                        .withMatchLabels(labels)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .withNodeSelector(Map.of(POOL + "-" + name, "yes"))
                        .addNewToleration()
                        .withKey("dedicated")
                        .withOperator("Exists")
                        .withEffect("NoSchedule")
                        .endToleration()
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("main")
                        .withImage("web")
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", name)
                .list()
                .getItems();
    }

    private static boolean isOn(Pod pod, String kubernetesNode) {
        return kubernetesNode.equals(pod.getSpec().getNodeName());
    }

    private static boolean isReady(Pod pod) {
        return Objects.requireNonNull(pod.getStatus()).getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    @Override
    public void close() {
        release();
        client.apps().replicaSets().inNamespace(NAMESPACE).withName(name).delete();
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", name)
                .withGracePeriod(0)
                .delete();
    }
}
