package io.nodeledger.resilience.world;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.nodeledger.testing.Manifests;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A namespace's pods after each of their changes, and the moments at which too few of an app's were ready. */
public final class WatchedPods implements Watcher<Pod> {
    /** The label that says which app a pod is of. */
    static final String APP = Manifests.APP;

    private final Map<String, Integer> replicas;
    private final Map<String, Integer> budgets;
    private final Map<String, Pod> pods = new TreeMap<>();
    private final Set<String> begun = new HashSet<>();
    private final List<String> violations = new ArrayList<>();

    WatchedPods(Map<String, Integer> replicas, Map<String, Integer> budgets) {
        this.replicas = replicas;
        this.budgets = budgets;
    }

    @Override
    public synchronized void eventReceived(Action action, Pod pod) {
        String name = pod.getMetadata().getName();
        if (action == Action.DELETED) {
            pods.remove(name);
        } else {
            pods.put(name, pod);
        }
        Map<String, Integer> ready = ready();
        budgets.forEach((app, least) -> {
            int now = ready.getOrDefault(app, 0);
            if (now >= replicas.getOrDefault(app, 0)) {
                begun.add(app);
            } else if (now < least && begun.contains(app)) {
                violations.add("I15: only %d of %s were ready when %s was %s"
                        .formatted(now, app, name, action.name().toLowerCase(java.util.Locale.ROOT)));
            }
        });
    }

    @Override
    public synchronized void onClose(WatcherException lost) {
        violations.add("I15: nobody has watched the budgets: " + lost);
    }

    /** Whether every pod that there is to be is ready, and no other one is there. */
    public synchronized boolean areWhole() {
        return ready().equals(replicas)
                && pods.size() == replicas.values().stream().mapToInt(it -> it).sum();
    }

    /** Where they run: names of Kubernetes nodes. */
    public synchronized Set<String> places() {
        return pods.values().stream()
                .map(pod -> String.valueOf(pod.getSpec().getNodeName()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The moments at which a budget was broken, or not watched. */
    public synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    private Map<String, Integer> ready() {
        var ready = new HashMap<String, Integer>();
        pods.values().stream()
                .filter(WatchedPods::isReady)
                .forEach(pod -> ready.merge(pod.getMetadata().getLabels().get(APP), 1, Integer::sum));
        return ready;
    }

    private static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public synchronized String toString() {
        return pods.values().stream()
                .map(pod -> "%s on %s%s"
                        .formatted(
                                pod.getMetadata().getName(),
                                pod.getSpec().getNodeName(),
                                isReady(pod) ? "" : " (not ready)"))
                .collect(Collectors.joining(", "));
    }
}
