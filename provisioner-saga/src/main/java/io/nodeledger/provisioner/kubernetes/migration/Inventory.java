package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is in a workspace's namespaces, and the cluster's nodes. Never from a cache: a pod that was evicted a moment ago and
 * still looks well would let the next one go too early.
 *
 * @param nodes by name
 * @param namespaces those that exist
 */
record Inventory(
        Map<String, Node> nodes,
        List<Namespace> namespaces,
        List<Deployment> deployments,
        List<ReplicaSet> replicaSets,
        List<StatefulSet> statefulSets,
        List<DaemonSet> daemonSets,
        List<PodDisruptionBudget> budgets,
        List<Pod> pods) {

    /** Workloads are read before their pods: one that grows meanwhile is not taken for whole. */
    static Inventory read(KubernetesClient client, Collection<String> names) throws InterruptedException {
        try (var reads = new Reads()) {
            var nodes =
                    reads.read(() -> Pages.<Node>all(options -> client.nodes().list(options)));
            var namespaces = each(names, name -> reads.read(() -> found(client, name)));
            var deployments = each(
                    names,
                    name -> reads.read(() -> Pages.<Deployment>all(options ->
                            client.apps().deployments().inNamespace(name).list(options))));
            var replicaSets = each(
                    names,
                    name -> reads.read(() -> Pages.<ReplicaSet>all(options ->
                            client.apps().replicaSets().inNamespace(name).list(options))));
            var statefulSets = each(
                    names,
                    name -> reads.read(() -> Pages.<StatefulSet>all(options ->
                            client.apps().statefulSets().inNamespace(name).list(options))));
            var daemonSets = each(
                    names,
                    name -> reads.read(() -> Pages.<DaemonSet>all(options ->
                            client.apps().daemonSets().inNamespace(name).list(options))));
            var budgets = each(
                    names,
                    name -> reads.read(() -> Pages.<PodDisruptionBudget>all(options -> client.policy()
                            .v1()
                            .podDisruptionBudget()
                            .inNamespace(name)
                            .list(options))));
            var before = new Inventory(
                    Reads.get(nodes).stream()
                            .collect(Collectors.toMap(node -> node.getMetadata().getName(), Function.identity())),
                    joined(namespaces),
                    joined(deployments),
                    joined(replicaSets),
                    joined(statefulSets),
                    joined(daemonSets),
                    joined(budgets),
                    List.of());
            var pods = each(
                    names,
                    name -> reads.read(() -> Pages.<Pod>all(
                            options -> client.pods().inNamespace(name).list(options))));
            return before.with(joined(pods));
        }
    }

    private Inventory with(List<Pod> read) {
        return new Inventory(nodes, namespaces, deployments, replicaSets, statefulSets, daemonSets, budgets, read);
    }

    private static List<Namespace> found(KubernetesClient client, String name) {
        var namespace = client.namespaces().withName(name).get();
        return namespace == null ? List.of() : List.of(namespace);
    }

    private static <T> List<Future<List<T>>> each(Collection<String> names, Function<String, Future<List<T>>> read) {
        return names.stream().map(read).toList();
    }

    private static <T> List<T> joined(List<Future<List<T>>> reads) throws InterruptedException {
        var all = new ArrayList<T>();
        for (var read : reads) {
            all.addAll(Reads.get(read));
        }
        return List.copyOf(all);
    }
}
