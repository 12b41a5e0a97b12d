package io.nodeledger.events.node;

import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.serialization.Revision;

/**
 * A running node fell ill or ran short of something, or no longer is. Each incident begins once and ends once, unless the
 * node stops running first, which ends it silently. What was measured is no event; these are, and leave the system.
 */
public sealed interface HealthEvent extends NodeEvent.Observed {
    /**
     * The node has not been well for some time.
     *
     * @param code {@code HEARTBEAT_LOST} or {@code NOT_READY}
     * @param since when it was first seen
     */
    @Revision("1")
    record HealthCheckFailed(
            String nodeId, String workspaceId, String code, String reason, Instant since, Instant effectiveAt)
            implements HealthEvent {}

    /**
     * The node has been well again for some time.
     *
     * @param since when it was first seen
     */
    @Revision("1")
    record HealthRecovered(String nodeId, String workspaceId, Instant since, Instant effectiveAt)
            implements HealthEvent {}

    /**
     * The node has used more of a resource than it should for some time.
     *
     * @param threshold percentage that was not to be exceeded
     * @param percentage what was used at the end of that time
     * @param since when it was first seen
     */
    @Revision("1")
    record ThresholdExceeded(
            String nodeId,
            String workspaceId,
            NodeResource resource,
            BigDecimal threshold,
            BigDecimal percentage,
            Instant since,
            Instant effectiveAt)
            implements HealthEvent {}

    /** The node has used clearly less than the threshold for some time. */
    @Revision("1")
    record ThresholdCleared(
            String nodeId,
            String workspaceId,
            NodeResource resource,
            BigDecimal percentage,
            Instant since,
            Instant effectiveAt)
            implements HealthEvent {}
}
