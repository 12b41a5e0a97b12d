package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.testing.Manifests;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What a tenant runs: a Deployment of three with a budget of two, a StatefulSet of two with a budget of one, a DaemonSet.
 * Somebody watches all the while that no budget is broken.
 */
final class TenantApps implements AutoCloseable {
    private final KubernetesClient client;
    private final String namespace;
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private volatile boolean watching;
    private Thread watcher = new Thread(() -> {});

    TenantApps(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Starts them, waits until they run, and begins to watch. */
    void start() {
        deployment("web", 3);
        budget("web", 2);
        statefulSet("db", 2);
        budget("db", 1);
        daemonSet("agent");
        await().atMost(Duration.ofMinutes(1)).until(this::areWhole);
        watching = true;
        watcher = Thread.ofVirtual().start(this::watch);
    }

    /** Fails if a budget was broken at any moment. */
    void keptTheirBudgets() {
        assertThat(broken).isEmpty();
    }

    private void watch() {
        Set<String> healthy = new TreeSet<>();
        while (watching) {
            for (PodDisruptionBudget budget : client.policy()
                    .v1()
                    .podDisruptionBudget()
                    .inNamespace(namespace)
                    .list()
                    .getItems()) {
                var status = budget.getStatus();
                if (status == null || status.getCurrentHealthy() == null) {
                    continue;
                }
                String name = budget.getMetadata().getName();
                if (status.getCurrentHealthy() >= status.getDesiredHealthy()) {
                    healthy.add(name);
                } else if (healthy.contains(name)) {
                    broken.add(name + " has " + status.getCurrentHealthy() + " of " + status.getDesiredHealthy());
                }
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException over) {
                return;
            }
        }
    }

    /** The nodes whose DaemonSet pod is ready; the pods of a node that is gone go a little later. */
    Set<String> agents() {
        return client.pods().inNamespace(namespace).withLabel("app", "agent").list().getItems().stream()
                .filter(MovingWorkspace::isReady)
                .map(pod -> pod.getSpec().getNodeName())
                .collect(Collectors.toSet());
    }

    /** The pods of the Deployments and the StatefulSet that have not ended. */
    List<Pod> pods() {
        return client.pods().inNamespace(namespace).withLabel("kept", "true").list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** How many ready pods each app has. */
    Map<String, Long> ready() {
        return pods().stream()
                .filter(MovingWorkspace::isReady)
                .collect(Collectors.groupingBy(
                        pod -> pod.getMetadata().getLabels().get("app"), Collectors.counting()));
    }

    boolean areWhole() {
        var ready = ready();
        return ready.getOrDefault("web", 0L) == 3 && ready.getOrDefault("db", 0L) == 2;
    }

    void deployment(String name, int replicas) {
        deployment(name, replicas, "100m");
    }

    void deployment(String name, int replicas, String cpu) {
        client.resource(Manifests.deployment(
                        namespace, name, replicas, Manifests.pod(name, cpu, Map.of("kept", "true"))))
                .create();
    }

    private void statefulSet(String name, int replicas) {
        client.resource(Manifests.statefulSet(namespace, name, replicas, template(name, "true")))
                .create();
    }

    private void daemonSet(String name) {
        client.resource(Manifests.daemonSet(namespace, name, template(name, "false")))
                .create();
    }

    /** A Job whose pod runs until it is ended. */
    void job(String name) {
        var template = template(name, "false");
        template.getSpec().setRestartPolicy("Never");
        client.resource(new JobBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withTemplate(template)
                        .endSpec()
                        .build())
                .create();
    }

    void barePod(String name) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withSpec(template(name, "false").getSpec())
                        .build())
                .create();
    }

    void budget(String app, int minAvailable) {
        client.resource(Manifests.keeping(namespace, app, minAvailable)).create();
    }

    private static PodTemplateSpec template(String app, String kept) {
        return Manifests.pod(app, "100m", Map.of("kept", kept));
    }

    @Override
    public void close() {
        watching = false;
        try {
            // Cut off in the midst of a call it would fail, and whoever awaits anything then with it.
            watcher.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        client.policy().v1().podDisruptionBudget().inNamespace(namespace).delete();
        client.apps().deployments().inNamespace(namespace).delete();
        client.apps().statefulSets().inNamespace(namespace).delete();
        client.apps().daemonSets().inNamespace(namespace).delete();
        client.batch().v1().jobs().inNamespace(namespace).delete();
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
    }
}
