package io.nodeledger.provisioner.kubernetes;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Pods on a node for tests, with or without a controller and budgets. */
final class Workload {
    static final String NAMESPACE = "default";
    private final KubernetesClient client;
    private final String node;
    private final String app;

    Workload(KubernetesClient client, String node, String app) {
        this.client = client;
        this.node = node;
        this.app = app;
    }

    /** A ReplicaSet's pod that runs on the node and may run anywhere: the other nodes are closed while it is placed. */
    void placed(String taint) {
        List<Node> others = client.nodes().list().getItems().stream()
                .filter(other -> !other.getMetadata().getName().equals(node))
                .filter(other -> !Boolean.TRUE.equals(other.getSpec().getUnschedulable()))
                .toList();
        others.forEach(other -> schedulable(other, false));
        replicaSet(1, taint, Map.of());
        awaitPods(1);
        others.forEach(other -> schedulable(other, true));
    }

    /** ReplicaSet's pods that may run on nodes with these labels only. */
    void bound(int replicas, String taint, Map<String, String> nodeLabels) {
        replicaSet(replicas, taint, nodeLabels);
        awaitPods(replicas);
    }

    private void replicaSet(int replicas, String taint, Map<String, String> nodeLabels) {
        var labels = Map.of("app", app);
        client.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(app)
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
                        .withNewSpec()
                        .withNodeSelector(nodeLabels)
                        .addNewToleration()
                        .withKey("dedicated")
                        .withOperator("Equal")
                        .withValue(taint)
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

    /** A pod that nobody would start again. */
    void bare() {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(app)
                        .withLabels(Map.of("app", app))
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(node)
                        .withTerminationGracePeriodSeconds(1L)
                        .addNewContainer()
                        .withName("main")
                        .withImage("web")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }

    /** A budget that lets none of the pods go. */
    void budget(String name) {
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(0))
                        .withNewSelector()
                        .withMatchLabels(Map.of("app", app))
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
    }

    void releaseBudget(String name) {
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .withName(name)
                .delete();
    }

    /** Takes everything away, so that the next test finds an empty cluster. */
    void remove() {
        client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .list()
                .getItems()
                .forEach(budget -> releaseBudget(budget.getMetadata().getName()));
        client.apps().replicaSets().inNamespace(NAMESPACE).withName(app).delete();
        client.pods()
                .inNamespace(NAMESPACE)
                .withLabel("app", app)
                .withGracePeriod(0)
                .delete();
    }

    /** How many of its pods the node holds, ended or not. */
    long here() {
        return pods().stream().filter(this::isHere).count();
    }

    /** Whether a pod of it is Ready on another node. */
    boolean runsElsewhere() {
        return pods().stream().anyMatch(pod -> !isHere(pod) && isReady(pod));
    }

    private void awaitPods(int count) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> pods().stream()
                                .filter(pod -> isHere(pod) && isReady(pod))
                                .count()
                        == count);
    }

    private List<Pod> pods() {
        return client.pods().inNamespace(NAMESPACE).withLabel("app", app).list().getItems();
    }

    private boolean isHere(Pod pod) {
        return node.equals(pod.getSpec().getNodeName());
    }

    private static boolean isReady(Pod pod) {
        return Objects.requireNonNull(pod.getStatus()).getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Without a resource version, which a kubelet's report may overtake at any time. */
    private void schedulable(Node other, boolean open) {
        client.nodes()
                .withName(other.getMetadata().getName())
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"unschedulable\": %s}}".formatted(!open));
    }
}
