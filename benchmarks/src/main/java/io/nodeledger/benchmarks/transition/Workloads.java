package io.nodeledger.benchmarks.transition;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.nodeledger.testing.Manifests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Deployments in a namespace of their own, half of them with a budget that somebody watches. */
final class Workloads implements AutoCloseable {
    private static final int BUDGET_PERCENT = 25;

    private final KubernetesClient client;
    private final String namespace;
    private final Size size;
    private final Set<String> healthy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger violations = new AtomicInteger();
    private final Watch budgets;

    /** Starts them and waits until all of their pods are ready. */
    Workloads(KubernetesClient client, String namespace, Size size) throws InterruptedException {
        this.client = client;
        this.namespace = namespace;
        this.size = size;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
        for (int number = 0; number < size.deployments(); number++) {
            deploy("app-" + number);
            if (number % 2 == 0) {
                protect("app-" + number);
            }
        }
        Patience.until("all pods of " + namespace + " are ready", () -> ready(_ -> true) == size.pods());
        budgets = client.policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(namespace)
                .watch(new BudgetWatcher());
    }

    String namespace() {
        return namespace;
    }

    List<Pod> pods() {
        return client.pods().inNamespace(namespace).list().getItems();
    }

    /** How many pods are ready, not about to end, and on such nodes. */
    int ready(Predicate<String> node) {
        return (int) pods().stream()
                .filter(pod -> isReady(pod) && node.test(pod.getSpec().getNodeName()))
                .count();
    }

    /**
     * Fails unless every pod runs on such a node, and no budget was broken on the way there.
     *
     * @throws IllegalStateException with what is wrong
     */
    void check(Predicate<String> node) {
        int there = ready(node);
        int all = pods().size();
        if (there != size.pods() || all != size.pods() || violations.get() > 0) {
            throw new IllegalStateException(
                    "Of %d pods %d are where they belong, there are %d, %d times a budget was broken"
                            .formatted(size.pods(), there, all, violations.get()));
        }
    }

    @Override
    public void close() {
        budgets.close();
        client.namespaces().withName(namespace).delete();
        try {
            Patience.until(
                    namespace + " is gone",
                    () -> client.namespaces().withName(namespace).get() == null);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getSpec().getNodeName() != null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(one ->
                                one.getType().equals("Ready") && one.getStatus().equals("True"));
    }

    private void deploy(String name) {
        client.resource(Manifests.deployment(namespace, name, size.replicas(), Manifests.pod(name, "20m", Map.of())))
                .create();
    }

    private void protect(String name) {
        client.resource(new PodDisruptionBudgetBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withMaxUnavailable(new IntOrString(BUDGET_PERCENT + "%"))
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .endSpec()
                        .build())
                .create();
    }

    /** Counts how often a budget that was kept was not any more. */
    private final class BudgetWatcher implements Watcher<PodDisruptionBudget> {
        @Override
        public void eventReceived(Action action, PodDisruptionBudget budget) {
            var status = budget.getStatus();
            if (status == null || status.getCurrentHealthy() == null || action == Action.DELETED) {
                return;
            }
            if (status.getCurrentHealthy() >= status.getDesiredHealthy()) {
                healthy.add(budget.getMetadata().getName());
            } else if (healthy.remove(budget.getMetadata().getName())) {
                violations.incrementAndGet();
            }
        }

        @Override
        public void onClose(WatcherException lost) {
            violations.incrementAndGet();
        }
    }
}
