package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.kubernetes.drain.PodFate;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import io.nodeledger.provisioner.kubernetes.node.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a round has found, seen from what is asked of it. Reads nothing and changes nothing. */
final class Situation {
    /** How long a pod may take to become Ready, an image of some size included. */
    private static final Duration TIME_TO_START = Duration.ofMinutes(5);

    /** Counted from when a pod should have ended; a silent node's pods are told to end after as long (source: Kubernetes). */
    private static final Duration SILENCE_OF_THE_DEAD = Duration.ofMinutes(5);

    /** For so long after a namespace was directed pods may be made by what it said before; API servers hear of it late. */
    private static final Duration LATE_NEWS = Duration.ofSeconds(10);

    /** For so long even a pod that crashes again and again may be Ready, where nothing but its start is asked for. */
    private static final Duration TIME_TO_PROVE = Duration.ofSeconds(10);

    /** The same for one that has crashed before: Kubernetes waits no longer than this between its starts. */
    private static final Duration TIME_TO_PROVE_AGAIN = Duration.ofMinutes(5);

    private final MoveRequest request;
    private final Inventory seen;
    private final Instant now;
    private final Set<String> leaving;
    private final Map<String, Instant> directedAt;
    private final List<KeptPods> workloads;
    private final List<KeptPods> jobs;

    Situation(MoveRequest request, Inventory seen, Instant now) {
        this.request = request;
        this.seen = seen;
        this.now = now;
        this.leaving = seen.nodes().values().stream()
                .filter(request::leaves)
                .map(node -> node.getMetadata().getName())
                .collect(Collectors.toUnmodifiableSet());
        this.directedAt = seen.namespaces().stream()
                .collect(Collectors.toMap(
                        namespace -> namespace.getMetadata().getName(),
                        namespace -> NamespaceDirection.since(namespace.getMetadata())));
        var all = Workloads.of(seen).stream().collect(Collectors.partitioningBy(KeptPods::isJob));
        this.workloads = all.getOrDefault(false, List.of());
        this.jobs = all.getOrDefault(true, List.of());
    }

    List<KeptPods> workloads() {
        return workloads;
    }

    /** Namespaces that don't direct all their pods to the target, DaemonSets' included; evicting there would move nothing. */
    List<String> undirected() {
        var target = request.target();
        var namespaces = existing(seen.namespaces())
                .filter(namespace -> !NamespaceDirection.isDirected(namespace.getMetadata(), target))
                .map(namespace -> namespace.getMetadata().getName());
        var daemonSets = existing(seen.daemonSets())
                .filter(set -> !DaemonSetDirection.patch(set, target).isEmpty())
                .map(set -> set.getMetadata().getNamespace());
        return Stream.concat(namespaces, daemonSets).distinct().sorted().toList();
    }

    private static <T extends HasMetadata> Stream<T> existing(List<T> objects) {
        return objects.stream().filter(one -> one.getMetadata().getDeletionTimestamp() == null);
    }

    /** Whether a pod has been made that shows that the API server goes by what the namespace says. */
    boolean isProven(String namespace, Target.Dedicated target) {
        var since = directedAt.getOrDefault(namespace, Instant.MAX);
        return workloads.stream()
                .filter(workload -> workload.name().namespace().equals(namespace) && !workload.isDaemonSet())
                .flatMap(workload -> workload.active().stream())
                .anyMatch(pod ->
                        Instant.parse(pod.getMetadata().getCreationTimestamp()).isAfter(since)
                                && TrialPod.missing(pod, target).isEmpty());
    }

    /**
     * The workload's pods that are to be evicted: on nodes that they have to leave, or waiting for nodes that they are no
     * longer to have, and not on their way out.
     */
    List<Pod> toGo(KeptPods workload) {
        return workload.active().stream().filter(this::isToGo).toList();
    }

    private boolean isToGo(Pod pod) {
        var since = directedAt.getOrDefault(pod.getMetadata().getNamespace(), Instant.MAX);
        return (isOnLeaving(pod) || isMisdirected(pod, since)) && PodFate.of(pod, since) == PodFate.EVICTED;
    }

    /** Whether it was made by what its namespace said before and has no place yet: it would wait for one for ever. */
    private boolean isMisdirected(Pod pod, Instant since) {
        var created = pod.getMetadata().getCreationTimestamp();
        if (!KeptPods.node(pod).isEmpty()
                || created == null
                || Instant.parse(created).minus(LATE_NEWS).isAfter(since)) {
            return false;
        }
        var selector = Objects.requireNonNullElse(pod.getSpec().getNodeSelector(), Map.<String, String>of());
        return switch (request.target()) {
            case Target.Dedicated dedicated ->
                !selector.entrySet().containsAll(dedicated.selector().entrySet());
            case Target.Shared _ -> selector.entrySet().containsAll(Target.DEDICATED_LABEL.entrySet());
        };
    }

    boolean isOnLeaving(Pod pod) {
        return leaving.contains(KeptPods.node(pod));
    }

    /** Those that need not move, or have. */
    List<Pod> moved(KeptPods workload) {
        if (workload.isDaemonSet()) {
            return workload.active().stream()
                    .filter(pod -> request.toShared() || !isOnLeaving(pod))
                    .toList();
        }
        return workload.active().stream().filter(pod -> !isToGo(pod)).toList();
    }

    /** How many ready pods the workload has to keep, or get back. */
    int needed(KeptPods workload) {
        int before = request.unwell().getOrDefault(workload.name(), Integer.MAX_VALUE);
        return Math.min(workload.desired(), before);
    }

    /**
     * Whether pods that the workload has lost may still come back. What one that was unwell before lacks may be lacking for
     * good; that is believed of a pod that Kubernetes calls failing, and when time enough has passed.
     */
    boolean awaitsPods(KeptPods workload) {
        boolean lacks = workload.active().size() < workload.desired();
        if (!wasUnwell(workload)) {
            return lacks || !moved(workload).stream().allMatch(KeptPods::isReady);
        }
        boolean changes =
                !workload.ending().isEmpty() || workload.active().stream().anyMatch(this::isYoung);
        return (lacks && changes) || moved(workload).stream().anyMatch(this::mayBecomeReady);
    }

    private boolean mayBecomeReady(Pod pod) {
        return !KeptPods.isReady(pod) && isYoung(pod) && !Reasons.isFailing(pod);
    }

    private boolean isYoung(Pod pod) {
        return Instant.parse(pod.getMetadata().getCreationTimestamp()).isAfter(now.minus(TIME_TO_START));
    }

    private boolean wasUnwell(KeptPods workload) {
        return request.unwell().containsKey(workload.name());
    }

    /** Whether all that the workload has lost is back, as far as it ever comes back. */
    boolean isRecovered(KeptPods workload) {
        return !awaitsPods(workload) && (!wasUnwell(workload) || workload.ready() >= needed(workload));
    }

    /** Whether nothing is lost with the pod: its workload was unwell before, and it does not work. */
    boolean isWorthless(KeptPods workload, Pod pod) {
        return wasUnwell(workload) && !KeptPods.isReady(pod);
    }

    /** Whether it has become better than anybody knows: nobody would notice if that were lost. */
    boolean hasGained(KeptPods workload) {
        return Math.min(workload.desired(), workload.ready()) > needed(workload);
    }

    /** Whether the workload may lose its next ready pod. One that had none before may have recovered: then it wants all back. */
    boolean mayLoseReady(KeptPods workload) {
        return isRecovered(workload)
                && !hasGained(workload)
                && (needed(workload) > 0 || moved(workload).stream().allMatch(KeptPods::isReady));
    }

    /**
     * Pods that end on a machine that is silent, and are replaced only once they are gone: that nobody there will ever tell
     * (reliability, case 15).
     */
    List<Pod> stranded(KeptPods workload) {
        return workload.waitsForEnds()
                ? workload.ending().stream().filter(this::isStranded).toList()
                : List.of();
    }

    /** Those of them whose machine has been silent for so long that it is taken for dead. */
    List<Pod> lost() {
        return workloads.stream()
                .flatMap(workload -> stranded(workload).stream())
                .filter(pod -> Instant.parse(pod.getMetadata().getDeletionTimestamp())
                        .isBefore(now.minus(SILENCE_OF_THE_DEAD)))
                .toList();
    }

    private boolean isStranded(Pod pod) {
        var node = seen.nodes().get(KeptPods.node(pod));
        return node != null
                && KeptPods.isEnding(pod)
                && isOnLeaving(pod)
                && Readiness.of(node) == Readiness.UNREACHABLE;
    }

    boolean isMoved(KeptPods workload) {
        if (wasUnwell(workload) && awaitsPods(workload)) {
            return false;
        }
        if (workload.isDaemonSet()) {
            return workload.isSettled() && workload.reportedReady() >= needed(workload);
        }
        boolean gone = workload.pods().stream()
                .noneMatch(pod -> isToGo(pod) || (KeptPods.isEnding(pod) && isOnLeaving(pod) && !isStranded(pod)));
        return gone && KeptPods.ready(moved(workload)) >= needed(workload);
    }

    private int steady(KeptPods workload) {
        return (int) workload.active().stream()
                .filter(KeptPods::isReady)
                .filter(pod -> !KeptPods.readySince(pod)
                        .isAfter(now.minus(KeptPods.hasRestarted(pod) ? TIME_TO_PROVE_AGAIN : TIME_TO_PROVE)))
                .count();
    }

    MoveProgress progress() {
        return new MoveProgress(
                workloads.stream()
                        .map(workload -> new MoveProgress.Moved(
                                workload.name(),
                                workload.desired(),
                                Math.min(workload.desired(), moved(workload).size()),
                                KeptPods.ready(moved(workload))))
                        .toList(),
                jobs.stream()
                        .filter(job -> job.pods().stream().anyMatch(this::isOnLeaving))
                        .map(job -> job.name().namespace() + "/" + job.name().name())
                        .toList(),
                Workloads.bare(seen).stream()
                        .filter(this::isOnLeaving)
                        .map(PodName::of)
                        .sorted()
                        .toList(),
                workloads.stream()
                        .filter(workload -> !workload.isDaemonSet())
                        .collect(Collectors.toMap(KeptPods::name, this::steady)));
    }

    /** Whether the pod has been made since its namespace was directed elsewhere, and is on such a node all the same. */
    boolean cameBack(Pod pod) {
        var since = directedAt.getOrDefault(pod.getMetadata().getNamespace(), Instant.MAX);
        var created = pod.getMetadata().getCreationTimestamp();
        return isOnLeaving(pod) && created != null && Instant.parse(created).isAfter(since);
    }
}
