package io.nodeledger.provisioner.kubernetes.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sees each change of the pods and budgets of a namespace, in the order in which they happened, and remembers every moment
 * at which a budget was violated or more pods were away than may be.
 */
final class Witness implements AutoCloseable {
    private final KubernetesClient client;
    private final List<String> wrongs = new CopyOnWriteArrayList<>();
    private final Map<String, Pod> pods = new HashMap<>();
    private final Map<String, Integer> readyAtFirst = new HashMap<>();
    private final Map<String, Integer> ready = new HashMap<>();
    private final Map<String, Integer> away = new HashMap<>();
    private int together;
    private final Set<String> healthy = new HashSet<>();
    private final int awayTogether;
    private final int awayEach;
    private final Watch watchedPods;
    private final Watch watchedBudgets;

    /** One who goes by the pace. */
    static Witness of(MovedWorld world, Pace pace) {
        return switch (pace) {
            case ONE_BY_ONE -> new Witness(world.client(), 1, 1);
            case EACH_WORKLOAD -> new Witness(world.client(), Integer.MAX_VALUE, 1);
            case ALL -> new Witness(world.client(), Integer.MAX_VALUE, Integer.MAX_VALUE);
        };
    }

    private Witness(KubernetesClient client, int awayTogether, int awayEach) {
        this.client = client;
        this.awayTogether = awayTogether;
        this.awayEach = awayEach;
        var first = client.pods().inNamespace(MovedWorld.NAMESPACE).list();
        first.getItems().forEach(pod -> {
            pods.put(pod.getMetadata().getUid(), pod);
            count(pod, 1);
        });
        readyAtFirst.putAll(ready);
        var budgets = client.policy().v1().podDisruptionBudget().inNamespace(MovedWorld.NAMESPACE);
        var firstBudgets = budgets.list();
        firstBudgets.getItems().forEach(this::sees);
        this.watchedPods = client.pods()
                .inNamespace(MovedWorld.NAMESPACE)
                .withResourceVersion(first.getMetadata().getResourceVersion())
                .watch(watcher(this::sees, this::misses));
        this.watchedBudgets = budgets.withResourceVersion(
                        firstBudgets.getMetadata().getResourceVersion())
                .watch(watcher(this::sees, _ -> {}));
    }

    /** Waits until it has seen all that has happened by now, and tells what was wrong. */
    void assertNothingWrong() {
        await().atMost(Duration.ofMinutes(2)).until(this::isUpToDate);
        assertThat(wrongs).isEmpty();
    }

    private boolean isUpToDate() {
        var now = client.pods().inNamespace(MovedWorld.NAMESPACE).list().getItems();
        synchronized (this) {
            return now.size() == pods.size()
                    && now.stream().allMatch(pod -> {
                        var seen = pods.get(pod.getMetadata().getUid());
                        return seen != null
                                && seen.getMetadata()
                                        .getResourceVersion()
                                        .equals(pod.getMetadata().getResourceVersion());
                    });
        }
    }

    private synchronized void sees(Pod pod) {
        count(pods.put(pod.getMetadata().getUid(), pod), -1);
        count(pod, 1);
        judge(app(pod));
    }

    private synchronized void misses(Pod pod) {
        count(pods.remove(pod.getMetadata().getUid()), -1);
        judge(app(pod));
    }

    private void judge(String app) {
        int now = Math.max(0, readyAtFirst.getOrDefault(app, 0) - ready.getOrDefault(app, 0));
        together += now - away.getOrDefault(app, 0);
        away.put(app, now);
        if (now > awayEach) {
            wrongs.add("%d pods of %s are away".formatted(now, app));
        }
        if (together > awayTogether) {
            wrongs.add("%d pods are away together".formatted(together));
        }
    }

    /** Those of DaemonSets belong to their nodes, and Jobs end. */
    private void count(@Nullable Pod pod, int by) {
        if (pod != null
                && !KeptPods.isEnding(pod)
                && KeptPods.isReady(pod)
                && pod.getMetadata().getOwnerReferences().stream()
                        .noneMatch(owner -> Set.of("DaemonSet", "Job").contains(owner.getKind()))) {
            ready.merge(app(pod), by, Integer::sum);
        }
    }

    private static String app(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault("app", "");
    }

    private synchronized void sees(PodDisruptionBudget budget) {
        var name = budget.getMetadata().getName();
        var status = budget.getStatus();
        if (status == null || status.getCurrentHealthy() == null) {
            return;
        }
        if (status.getCurrentHealthy() >= status.getDesiredHealthy()) {
            healthy.add(name);
        } else if (healthy.contains(name)) {
            wrongs.add("The budget %s is violated: %s".formatted(name, status));
        }
    }

    private <T> Watcher<T> watcher(Consumer<T> seen, Consumer<T> missed) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, T object) {
                switch (action) {
                    case ADDED, MODIFIED -> seen.accept(object);
                    case DELETED -> missed.accept(object);
                    case ERROR, BOOKMARK -> wrongs.add("The watch tells " + action);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                wrongs.add("The watch ended: " + cause);
            }
        };
    }

    @Override
    public void close() {
        watchedPods.close();
        watchedBudgets.close();
    }
}
