package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One workload and its pods that have not ended.
 *
 * @param desired how many it is to have, of a DaemonSet without those on machines that are silent; of a controller that nobody
 *     here knows as many as there are, ending ones included
 * @param isSettled whether its controller has seen what it is to do
 * @param reportedReady how many ready pods a DaemonSet has on the nodes that it selects, as its controller says
 * @param template what it makes pods of, where that is known
 */
record KeptPods(
        WorkloadName name,
        int desired,
        boolean isSettled,
        int reportedReady,
        @Nullable PodTemplateSpec template,
        List<Pod> pods) {
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /** Pods that are not on their way out. */
    List<Pod> active() {
        return pods.stream().filter(pod -> !isEnding(pod)).toList();
    }

    List<Pod> ending() {
        return pods.stream().filter(KeptPods::isEnding).toList();
    }

    int ready() {
        return ready(active());
    }

    boolean isDaemonSet() {
        return name.kind().equals("DaemonSet");
    }

    boolean isJob() {
        return name.kind().equals("Job");
    }

    /** Whether a pod that ends must be gone before another one is made; of controllers that nobody here knows it is assumed. */
    boolean waitsForEnds() {
        return template == null || name.kind().equals("StatefulSet");
    }

    static int ready(List<Pod> pods) {
        return (int) pods.stream().filter(KeptPods::isReady).count();
    }

    /** Whether it has run to its end, and only its record is left. */
    static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null
                && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    static boolean isEnding(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    static boolean isReady(Pod pod) {
        return ready(pod).isPresent();
    }

    /** Since when it is Ready; of one that isn't, or does not say, since ever. */
    static Instant readySince(Pod pod) {
        return ready(pod)
                .map(PodCondition::getLastTransitionTime)
                .map(Instant::parse)
                .orElse(Instant.MIN);
    }

    static boolean hasRestarted(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getContainerStatuses().stream().anyMatch(one -> one.getRestartCount() > 0);
    }

    private static Optional<PodCondition> ready(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getConditions().stream()
                        .filter(one -> "Ready".equals(one.getType()) && "True".equals(one.getStatus()))
                        .findFirst();
    }

    /** The Kubernetes node that has the pod; empty while it waits for one. */
    static String node(Pod pod) {
        return Objects.requireNonNullElse(pod.getSpec().getNodeName(), "");
    }
}
