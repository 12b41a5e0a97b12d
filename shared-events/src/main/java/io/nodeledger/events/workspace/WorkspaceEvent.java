package io.nodeledger.events.workspace;

import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.transition.Placement;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
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

    /**
     * A day's cost was charged. The amount is what was drawn and what is owed together; it is negative when earlier days
     * turned out to have cost less.
     *
     * @param day in UTC, with those before it that had no charge of their own
     * @param amount what all nodes have cost by the end of the day, less all earlier charges
     * @param fromAvailable taken from what was available, or given back to it when negative
     * @param fromHolds taken from what is held, by node; mostly nothing
     * @param owed what could not be drawn, or is owed no longer when negative
     */
    @Revision("1")
    record WorkspaceCharged(
            String workspaceId,
            LocalDate day,
            BigDecimal amount,
            BigDecimal fromAvailable,
            Map<String, BigDecimal> fromHolds,
            BigDecimal owed,
            Instant effectiveAt)
            implements WorkspaceEvent {}

    /** What was owed was paid, in part or in full, with credits that have become available. */
    @Revision("1")
    record OwedSettled(String workspaceId, BigDecimal amount, Instant effectiveAt) implements WorkspaceEvent {}

    /**
     * A day's cost could not be drawn in full. No node is added from here on.
     *
     * @param owed what could not be drawn
     * @param graceEndsAt until when the nodes that there are may do as before
     * @param afterGrace what is done from then on, as long as anything is owed
     */
    @Revision("1")
    record CreditsExhausted(
            String workspaceId, BigDecimal owed, Instant graceEndsAt, AfterGrace afterGrace, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** Nothing is owed any more. */
    @Revision("1")
    record CreditsRestored(String workspaceId, Instant effectiveAt) implements WorkspaceEvent {}

    /**
     * A transition was begun or scheduled; there is one at a time.
     *
     * @param closed whether no other node may be provisioned from here on
     */
    @Revision("1")
    record TransitionBegun(
            String workspaceId, String transitionId, Placement target, boolean closed, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** The transition's window has opened: no other node may be provisioned until it ends. */
    @Revision("1")
    record TransitionOpened(String workspaceId, String transitionId, Instant effectiveAt) implements WorkspaceEvent {}

    /** The workspace's workloads run there from now on. */
    @Revision("1")
    record PlacementChanged(String workspaceId, String transitionId, Placement placement, Instant effectiveAt)
            implements WorkspaceEvent {}

    /** The transition has ended, one way or the other. */
    @Revision("1")
    record TransitionEnded(String workspaceId, String transitionId, Instant effectiveAt) implements WorkspaceEvent {}
}
