package io.nodeledger.benchmarks.transition;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * What a script without memory does: it directs the namespace, evicts all pods, asks again at once for what budgets hold
 * back, and waits until all replacements are ready. It records nothing, shares its work with nobody and checks nothing.
 */
final class BareMove {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration HELD_BACK = Duration.ofMillis(100);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private final Workloads workloads;
    private final int parallel;

    BareMove(KubernetesClient client, Workloads workloads, int parallel) {
        this.client = client;
        this.workloads = workloads;
        this.parallel = parallel;
    }

    /** To the workspace's nodes. */
    void toDedicated(String workspace, List<String> nodes) throws InterruptedException {
        direct("\"node-type=dedicated,workspace=%s\"".formatted(workspace));
        move(nodes::contains);
    }

    /** Away from these nodes, which are closed first. */
    void toShared(List<String> nodes) throws InterruptedException {
        direct("null");
        nodes.forEach(node -> client.nodes().withName(node).patch(MERGE, "{\"spec\": {\"unschedulable\": true}}"));
        move(node -> !nodes.contains(node));
    }

    private void direct(String selector) {
        client.namespaces()
                .withName(workloads.namespace())
                .patch(
                        MERGE,
                        "{\"metadata\": {\"annotations\": {\"scheduler.alpha.kubernetes.io/node-selector\": %s}}}"
                                .formatted(selector));
    }

    private void move(Predicate<String> target) throws InterruptedException {
        List<Pod> pods = workloads.pods();
        List<Pod> left = pods;
        try (var threads = Executors.newFixedThreadPool(parallel)) {
            while (!left.isEmpty()) {
                List<Pod> heldBack = pass(threads, left);
                if (heldBack.size() == left.size()) {
                    Thread.sleep(HELD_BACK);
                }
                left = heldBack;
            }
        }
        Patience.until("all replacements are ready", () -> workloads.ready(target) == pods.size());
    }

    /** Asks for each pod once, in any order, and returns those that budgets hold back. */
    private List<Pod> pass(ExecutorService threads, List<Pod> pods) throws InterruptedException {
        var order = new ArrayList<>(pods);
        Collections.shuffle(order);
        var asked = new ArrayList<Future<Boolean>>();
        for (Pod pod : order) {
            asked.add(threads.submit(() -> evict(pod)));
        }
        var heldBack = new ArrayList<Pod>();
        for (int index = 0; index < order.size(); index++) {
            try {
                if (!asked.get(index).get()) {
                    heldBack.add(order.get(index));
                }
            } catch (ExecutionException failure) {
                throw new IllegalStateException("A pod could not be evicted", failure.getCause());
            }
        }
        return heldBack;
    }

    private boolean evict(Pod pod) {
        var metadata = pod.getMetadata();
        String path = "/api/v1/namespaces/" + metadata.getNamespace() + "/pods/" + metadata.getName();
        try {
            client.raw(
                    path + "/eviction",
                    "POST",
                    new EvictionBuilder()
                            .withNewMetadata()
                            .withNamespace(metadata.getNamespace())
                            .withName(metadata.getName())
                            .endMetadata()
                            .build());
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != TOO_MANY_REQUESTS && refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            return false;
        }
    }
}
