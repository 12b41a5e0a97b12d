package io.nodeledger.provisioner.incident;

import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.Thresholds;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of how a running node is.
 *
 * @param settledAt when its last operation ended: what was seen before says nothing about it
 * @param clusterSeenAt when its cluster was last known to tell everything
 * @param ready whether the cluster calls it Ready; null when the cluster does not know it
 * @param heartbeatAt its kubelet's last sign of life
 * @param sampledAt when its machine was last sampled
 * @param cpu share of all virtual CPUs, 0 to 1
 * @param memory share of the memory
 * @param storage share of the file systems
 * @param thresholds what the node, or else its workspace, sets itself
 * @param open what has been told and is not over: {@link #HEALTH}, or a resource's name
 */
record Vitals(
        String nodeId,
        String workspaceId,
        Instant settledAt,
        @Nullable Instant clusterSeenAt,
        @Nullable Boolean ready,
        @Nullable Instant heartbeatAt,
        @Nullable Instant sampledAt,
        @Nullable Double cpu,
        @Nullable Double memory,
        @Nullable Double storage,
        Thresholds thresholds,
        Set<String> open) {
    /** The kind of an incident of health. */
    static final String HEALTH = "HEALTH";

    /** The share of a resource that is in use. */
    @Nullable
    Double share(NodeResource resource) {
        return switch (resource) {
            case CPU -> cpu;
            case MEMORY -> memory;
            case STORAGE -> storage;
        };
    }
}
