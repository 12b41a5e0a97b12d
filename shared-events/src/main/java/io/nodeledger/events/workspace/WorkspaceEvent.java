package io.nodeledger.events.workspace;

import io.nodeledger.events.node.Thresholds;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** Everything that can happen to a workspace. Amounts are exact decimal USD. */
public sealed interface WorkspaceEvent {
    /** The workspace it happened to. */
    String workspaceId();

    /** When it happened, in milliseconds, never before the stream's previous event. */
    Instant effectiveAt();

    /** The platform operator created the workspace. */
    @Revision("1")
    record WorkspaceRegistered(
            String workspaceId,
            WorkspacePlan plan,
            int maxNodes,
            String region,
            String namespace,
            boolean suspended,
            Instant effectiveAt)
            implements WorkspaceEvent {}

    /** The platform operator changed the workspace; all fields as they are from now on. */
    @Revision("1")
    record WorkspaceChanged(
            String workspaceId,
            WorkspacePlan plan,
            int maxNodes,
            String region,
            String namespace,
            boolean suspended,
            Instant effectiveAt)
            implements WorkspaceEvent {}

    /** Credits were added. */
    @Revision("1")
    record CreditsGranted(
            String workspaceId, BigDecimal amount, @Nullable String reason, Instant effectiveAt)
            implements WorkspaceEvent {}

    /**
     * The thresholds of the workspace's nodes were set; they count where a node sets none itself.
     *
     * @param thresholds all of them from now on
     */
    @Revision("1")
    record WorkspaceThresholdsChanged(String workspaceId, Thresholds thresholds, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** A node was admitted: its name is taken, its place counted, its first month held. */
    @Revision("1")
    record NodeAdmitted(String workspaceId, String nodeId, String name, BigDecimal creditHold, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** The credits held for a node are available again; the node keeps its name and place. */
    @Revision("1")
    record CreditHoldReleased(String workspaceId, String nodeId, BigDecimal amount, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** A month is held once more for a node that is provisioned anew. */
    @Revision("1")
    record CreditHoldRenewed(String workspaceId, String nodeId, BigDecimal amount, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** A node is gone: its name is free, its place too, and what was still held is available again. */
    @Revision("1")
    record NodeReleased(String workspaceId, String nodeId, String name, BigDecimal releasedHold, Instant effectiveAt)
            implements WorkspaceEvent {}
}
