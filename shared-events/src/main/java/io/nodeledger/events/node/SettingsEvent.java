package io.nodeledger.events.node;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A setting of the node was changed. No operation: nothing happens to the machine or in the cluster, so it may come in any
 * state and beside any operation. Part of the lifecycle: these leave the system too.
 */
public sealed interface SettingsEvent extends NodeEvent {
    /** The workspace that owns the node. */
    String workspaceId();

    /**
     * The node's own thresholds were set.
     *
     * @param thresholds all of them from now on
     */
    @Revision("1")
    record NodeThresholdsChanged(String nodeId, String workspaceId, Thresholds thresholds, Instant effectiveAt)
            implements SettingsEvent {}
}
