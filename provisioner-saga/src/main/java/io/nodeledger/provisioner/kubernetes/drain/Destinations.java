package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.provisioner.kubernetes.pod.PodRequests;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Whether evicted pods could ever run elsewhere. A node counts as a place unless it is cordoned, tainted against the pod,
 * excluded by the pod's selectors, or too small even when empty: what only lacks room or is not Ready at the moment may
 * have it soon (source: reliability, case 16).
 */
public final class Destinations {
    private static final int NODES_NAMED = 3;

    private Destinations() {}

    /**
     * Why the drain can't succeed.
     *
     * @param moving pods to be evicted
     * @param others all nodes but the one to be drained
     * @return nothing when every pod has a place to go to
     */
    public static Optional<String> missing(List<Pod> moving, List<Node> others) {
        return moving.stream()
                .filter(pod ->
                        others.stream().noneMatch(node -> against(pod, node).isEmpty()))
                .findFirst()
                .map(pod -> "%s has nowhere to go: %s".formatted(PodName.of(pod), explain(pod, others)));
    }

    private static String explain(Pod pod, List<Node> others) {
        if (others.isEmpty()) {
            return "the cluster has no other node";
        }
        var reasons = others.stream()
                .limit(NODES_NAMED)
                .map(node ->
                        node.getMetadata().getName() + " " + against(pod, node).orElseThrow())
                .collect(Collectors.joining(", "));
        int unnamed = others.size() - NODES_NAMED;
        return unnamed > 0 ? "%s, and so on for %d more".formatted(reasons, unnamed) : reasons;
    }

    /** Why the pod could never run on the node, to be put after its name; nothing when it could. */
    public static Optional<String> against(Pod pod, Node node) {
        if (node.getMetadata().getDeletionTimestamp() != null) {
            return Optional.of("is being deleted");
        }
        if (node.getSpec() != null
                && Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && !Taints.ignoresCordon(pod.getSpec())) {
            return Optional.of("is cordoned");
        }
        var taint = Taints.against(pod.getSpec(), node);
        if (taint.isPresent()) {
            return Optional.of("has the taint " + taint.get().getKey());
        }
        if (!Selectors.admits(pod.getSpec(), node)) {
            return Optional.of("does not match its node selector");
        }
        return PodRequests.RESOURCES.stream()
                .filter(resource -> isTooSmall(pod, node, resource))
                .findFirst()
                .map("is too small in %s"::formatted);
    }

    private static boolean isTooSmall(Pod pod, Node node, String resource) {
        var status = node.getStatus();
        var allocatable = status == null ? null : status.getAllocatable();
        return allocatable != null
                && allocatable.containsKey(resource)
                && PodRequests.of(pod, resource).compareTo(PodRequests.amount(allocatable, resource)) > 0;
    }
}
