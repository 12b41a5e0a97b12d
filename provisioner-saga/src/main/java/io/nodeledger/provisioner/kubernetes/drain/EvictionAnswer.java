package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.ClusterFaults;

/** What the API server said to one eviction (source: Kubernetes, "API-initiated Eviction"). */
public sealed interface EvictionAnswer {
    /** What is to be said of it. */
    String reason();

    /** The pod ends now, within its own grace, or is gone. */
    record Granted() implements EvictionAnswer {
        @Override
        public String reason() {
            return "evicted";
        }
    }

    /** A budget, or a namespace that is being deleted, holds it back; asking again later may help. */
    record HeldBack(String reason) implements EvictionAnswer {}

    /** The API server could not answer. */
    record Unanswered(String reason) implements EvictionAnswer {}

    /** Two budgets cover the pod, which eviction does not support: asking again never helps. */
    record Impossible(String reason) implements EvictionAnswer {}

    /** The API server does not let us. */
    record Refused(String reason) implements EvictionAnswer {}

    /** Reads an answer other than success. */
    static EvictionAnswer of(KubernetesClientException failure) {
        var reason = ClusterFaults.reason(failure);
        return switch (failure.getCode()) {
            // 409: the name belongs to another pod now, or the budget was updated meanwhile; the next look tells
            case 404, 409 -> new Granted();
            case 429 -> new HeldBack(reason);
            case 403 -> isEnding(failure) ? new HeldBack(reason) : new Refused(reason);
            case 400, 405, 422 -> new Refused(reason);
            default ->
                reason.contains("more than one PodDisruptionBudget") ? new Impossible(reason) : new Unanswered(reason);
        };
    }

    private static boolean isEnding(KubernetesClientException failure) {
        var status = failure.getStatus();
        var details = status == null ? null : status.getDetails();
        return details != null
                && details.getCauses() != null
                && details.getCauses().stream().anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
    }
}
