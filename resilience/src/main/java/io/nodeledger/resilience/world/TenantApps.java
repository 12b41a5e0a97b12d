package io.nodeledger.resilience.world;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watch;
import io.nodeledger.testing.Manifests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a tenant runs in a namespace of its own: a Deployment of three with a budget of two, a StatefulSet of two with a
 * budget of one. What becomes of the pods is watched: a request of the tenant's would be a crash point of the product's.
 */
public final class TenantApps implements AutoCloseable {
    private static final String WEB = "web";
    private static final String DB = "db";
    private static final int WEBS = 3;
    private static final int DBS = 2;
    private static final Map<String, Integer> REPLICAS = Map.of(WEB, WEBS, DB, DBS);
    private static final Map<String, Integer> BUDGETS = Map.of(WEB, 2, DB, 1);

    private final KubernetesClient client;
    private final String namespace;
    private final WatchedPods pods = new WatchedPods(REPLICAS, BUDGETS);
    private final Watch watch;

    private TenantApps(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.watch = client.pods().inNamespace(namespace).watch(pods);
    }

    /** Starts them in a namespace that is made for them. */
    public static TenantApps start(World world, String namespace) throws IOException {
        var client = new KubernetesClientBuilder()
                .withConfig(
                        Config.fromKubeconfig(world.kubernetes().kubeconfig().toFile()))
                .build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        var apps = new TenantApps(client, namespace);
        client.resource(Manifests.deployment(namespace, WEB, WEBS, pod(WEB))).create();
        client.resource(Manifests.statefulSet(namespace, DB, DBS, pod(DB))).create();
        BUDGETS.forEach((app, least) ->
                client.resource(Manifests.keeping(namespace, app, least)).create());
        return apps;
    }

    /** The pods as they are and were. */
    public WatchedPods pods() {
        return pods;
    }

    /** The namespace's annotations. */
    public Map<String, String> annotations() {
        var found = client.namespaces().withName(namespace).get().getMetadata().getAnnotations();
        return Objects.requireNonNullElse(found, Map.of());
    }

    /** Nodes that take no new pods. */
    public List<String> cordoned() {
        return client.nodes().list().getItems().stream()
                .filter(node -> Boolean.TRUE.equals(node.getSpec().getUnschedulable()))
                .map(node -> node.getMetadata().getName())
                .toList();
    }

    private static PodTemplateSpec pod(String app) {
        return Manifests.pod(app, "100m", Map.of());
    }

    /** Ends them, and the namespace with them. */
    @Override
    public void close() {
        watch.close();
        client.policy().v1().podDisruptionBudget().inNamespace(namespace).delete();
        client.apps().deployments().inNamespace(namespace).delete();
        client.apps().statefulSets().inNamespace(namespace).delete();
        // One by one: some may be gone already.
        var pods = client.pods().inNamespace(namespace);
        pods.list()
                .getItems()
                .forEach(pod -> pods.withName(pod.getMetadata().getName())
                        .withGracePeriod(0)
                        .delete());
        client.namespaces().withName(namespace).delete();
        client.close();
    }
}
