package io.nodeledger.query.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster said of a node.
 *
 * @param at the moment for which it holds; null when the cluster has never told everything
 * @param system facts by their names in the API
 * @param bootedAt when its operating system began to run
 * @param heartbeatAt its kubelet's last sign of life; null when there was none
 */
record Observed(
        @Nullable Instant at,
        boolean ready,
        boolean schedulable,
        List<Condition> conditions,
        Map<String, String> system,
        Instant bootedAt,
        @Nullable Instant heartbeatAt) {

    /**
     * A condition as Kubernetes keeps them.
     *
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    record Condition(String type, String status, @Nullable Instant lastTransition) {
        boolean isTrue() {
            return status.equals("True");
        }
    }
}
