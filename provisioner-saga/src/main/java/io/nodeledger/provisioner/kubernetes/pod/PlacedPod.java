package io.nodeledger.provisioner.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Pod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is remembered of a pod, because there may be hundreds of thousands. Amounts are rounded up as the scheduler
 * rounds them.
 *
 * @param node name of the Kubernetes node that holds it
 * @param milliCpu requested thousandths of a core
 * @param memoryBytes requested memory
 * @param storageBytes requested ephemeral storage
 * @param application null for what runs for the node's own sake
 */
public record PlacedPod(
        String node,
        long milliCpu,
        long memoryBytes,
        long storageBytes,
        @Nullable Application application) {
    /** How the names of the platform's nodes end (source: rulings, "State machine"). */
    private static final String OURS = "-k8s";

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed");
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int MILLI = 3;

    /** What is to be remembered of a pod: nothing unless a node of ours holds it and it has not ended. */
    static Optional<PlacedPod> of(Pod pod) {
        String node = pod.getSpec().getNodeName();
        if (node == null || !node.endsWith(OURS) || hasEnded(pod)) {
            return Optional.empty();
        }
        return Optional.of(new PlacedPod(
                node,
                whole(PodRequests.of(pod, "cpu").movePointRight(MILLI)),
                whole(PodRequests.of(pod, "memory")),
                whole(PodRequests.of(pod, "ephemeral-storage")),
                Application.of(pod).orElse(null)));
    }

    private static boolean hasEnded(Pod pod) {
        return pod.getStatus() != null
                && ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    private static long whole(BigDecimal amount) {
        return amount.setScale(0, RoundingMode.CEILING).min(MOST).longValueExact();
    }
}
