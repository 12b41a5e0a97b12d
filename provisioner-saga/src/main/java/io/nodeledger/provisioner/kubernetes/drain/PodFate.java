package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Set;

/** What a drain does with a pod (source: {@code kubectl drain --ignore-daemonsets --delete-emptydir-data}). */
public enum PodFate {
    /** It belongs to the node: a DaemonSet's, the kubelet's own, or one that ignores the cordon and came back. */
    STAYS,
    /** It is on its way out already. */
    LEAVING,
    /** It has run to its end; only the record is left. */
    FINISHED,
    /** Nothing would start it again elsewhere. */
    UNMANAGED,
    /** It is asked to move. */
    EVICTED;

    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

    /**
     * Decides.
     *
     * @param drainStarted when the drain began; whatever came to the cordoned node later, by tolerating that, would only
     *     come again
     */
    public static PodFate of(Pod pod, Instant drainStarted) {
        var metadata = pod.getMetadata();
        if (metadata.getAnnotations() != null && metadata.getAnnotations().containsKey(MIRROR)) {
            return STAYS;
        }
        if (metadata.getDeletionTimestamp() != null) {
            return isDaemon(pod) ? STAYS : LEAVING;
        }
        if (pod.getStatus() != null
                && ENDED.contains(String.valueOf(pod.getStatus().getPhase()))) {
            return FINISHED;
        }
        if (isDaemon(pod)) {
            return STAYS;
        }
        if (!isControlled(pod)) {
            return UNMANAGED;
        }
        return cameBack(pod, drainStarted) ? STAYS : EVICTED;
    }

    /** Whether it has to be gone before the node is drained. */
    public boolean mustGo() {
        return this != STAYS;
    }

    private static boolean isControlled(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream().anyMatch(PodFate::controls);
    }

    private static boolean isDaemon(Pod pod) {
        return pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> controls(owner) && "DaemonSet".equals(owner.getKind()));
    }

    private static boolean controls(OwnerReference owner) {
        return Boolean.TRUE.equals(owner.getController());
    }

    private static boolean cameBack(Pod pod, Instant drainStarted) {
        var created = pod.getMetadata().getCreationTimestamp();
        return created != null && Instant.parse(created).isAfter(drainStarted) && Taints.ignoresCordon(pod.getSpec());
    }
}
