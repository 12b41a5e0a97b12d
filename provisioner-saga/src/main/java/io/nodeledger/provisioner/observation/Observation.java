package io.nodeledger.provisioner.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is written down of a node.
 *
 * @param bootedAt when its operating system began to run
 * @param heartbeat its kubelet's last sign of life, null when it has given none
 * @param workload what it holds; null until pods have been listed
 */
record Observation(
        SeenNode node,
        Instant bootedAt,
        @Nullable Heartbeat heartbeat,
        @Nullable Workload workload) {
    /**
     * A sign of life.
     *
     * @param renewedAt by the kubelet's clock, which may be wrong
     * @param seenAt by ours
     */
    record Heartbeat(Instant renewedAt, Instant seenAt) {}
}
