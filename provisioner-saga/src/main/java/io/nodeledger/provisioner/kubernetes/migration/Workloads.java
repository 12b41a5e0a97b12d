package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.nodeledger.provisioner.kubernetes.drain.Taints;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sorts pods by the workload that keeps them. */
final class Workloads {
    private static final String MIRROR = "kubernetes.io/config.mirror";

    private record Wanted(int pods, boolean isSettled, int reportedReady, PodTemplateSpec template) {}

    private final Inventory seen;
    private final Map<WorkloadName, Wanted> wanted = new HashMap<>();
    private final Map<String, WorkloadName> deploymentOf = new HashMap<>();

    private Workloads(Inventory seen) {
        this.seen = seen;
    }

    /** All workloads, Jobs with pods that run included, ordered; pods that have ended and bare pods are in none. */
    static List<KeptPods> of(Inventory seen) {
        return new Workloads(seen).sorted();
    }

    /** Pods without a controller that have not ended; the kubelets' own are none of them. */
    static List<Pod> bare(Inventory seen) {
        return seen.pods().stream()
                .filter(pod -> isOurs(pod) && controller(pod).isEmpty())
                .toList();
    }

    private List<KeptPods> sorted() {
        seen.deployments()
                .forEach(one ->
                        want(one, one.getSpec().getReplicas(), one.getSpec().getTemplate()));
        seen.statefulSets()
                .forEach(one ->
                        want(one, one.getSpec().getReplicas(), one.getSpec().getTemplate()));
        seen.replicaSets().forEach(one -> {
            var deployment = controller(one).filter(owner -> "Deployment".equals(owner.getKind()));
            if (deployment.isPresent()) {
                var name = new WorkloadName(
                        one.getMetadata().getNamespace(),
                        "Deployment",
                        deployment.get().getName());
                deploymentOf.put(one.getMetadata().getUid(), name);
            } else {
                want(
                        one,
                        one.getSpec().getReplicas(),
                        Objects.requireNonNull(one.getSpec().getTemplate()));
            }
        });
        seen.daemonSets().forEach(one -> wanted.put(name(one), daemons(one)));
        var pods = new TreeMap<WorkloadName, List<Pod>>();
        wanted.keySet().forEach(name -> pods.put(name, new ArrayList<>()));
        seen.pods().stream()
                .filter(Workloads::isOurs)
                .forEach(pod -> controller(pod)
                        .ifPresent(owner -> pods.computeIfAbsent(keeper(pod, owner), _ -> new ArrayList<>())
                                .add(pod)));
        return pods.entrySet().stream()
                .map(entry -> kept(entry.getKey(), entry.getValue()))
                .toList();
    }

    private KeptPods kept(WorkloadName name, List<Pod> pods) {
        var known = wanted.get(name);
        return known == null
                ? new KeptPods(name, pods.size(), true, 0, null, pods)
                : new KeptPods(name, known.pods(), known.isSettled(), known.reportedReady(), known.template(), pods);
    }

    private void want(HasMetadata workload, @Nullable Integer replicas, PodTemplateSpec template) {
        wanted.put(name(workload), new Wanted(Objects.requireNonNullElse(replicas, 1), true, 0, template));
    }

    /** A machine that is silent has no pod to wait for, and no rollout gets past it. */
    private Wanted daemons(DaemonSet set) {
        var status = set.getStatus();
        if (status == null) {
            return new Wanted(0, false, 0, set.getSpec().getTemplate());
        }
        long seen = Objects.requireNonNullElse(status.getObservedGeneration(), 0L);
        int silent = silent(set);
        int desired = Math.max(0, Objects.requireNonNullElse(status.getDesiredNumberScheduled(), 0) - silent);
        int updated = Objects.requireNonNullElse(status.getUpdatedNumberScheduled(), 0);
        var strategy = set.getSpec().getUpdateStrategy();
        boolean byHand = strategy != null && "OnDelete".equals(strategy.getType());
        return new Wanted(
                desired,
                seen >= set.getMetadata().getGeneration() && (byHand || silent > 0 || updated >= desired),
                Objects.requireNonNullElse(status.getNumberReady(), 0),
                set.getSpec().getTemplate());
    }

    private int silent(DaemonSet set) {
        var spec = set.getSpec().getTemplate().getSpec();
        var selector = Objects.requireNonNullElse(spec.getNodeSelector(), Map.<String, String>of());
        return (int) seen.nodes().values().stream()
                .filter(node -> Readiness.of(node) == Readiness.UNREACHABLE)
                .filter(node -> Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of())
                        .entrySet()
                        .containsAll(selector.entrySet()))
                .filter(node -> Taints.against(spec, node).isEmpty())
                .count();
    }

    private WorkloadName keeper(Pod pod, OwnerReference owner) {
        var deployment = deploymentOf.get(owner.getUid());
        return deployment == null
                ? new WorkloadName(pod.getMetadata().getNamespace(), owner.getKind(), owner.getName())
                : deployment;
    }

    private static WorkloadName name(HasMetadata workload) {
        return new WorkloadName(
                workload.getMetadata().getNamespace(),
                workload.getKind(),
                workload.getMetadata().getName());
    }

    private static Optional<OwnerReference> controller(HasMetadata owned) {
        return owned.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Whether the pod still runs, or will, and is not the kubelet's own. */
    private static boolean isOurs(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return !KeptPods.hasEnded(pod) && (annotations == null || !annotations.containsKey(MIRROR));
    }
}
