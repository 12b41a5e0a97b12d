package io.nodeledger.events.node;

import java.time.Instant;
import org.axonframework.serialization.Revision;

/** A node belongs to a transition of its workspace, which alone may do anything with it. Part of its lifecycle. */
public sealed interface MembershipEvent extends NodeEvent {
    /** The workspace that owns the node. */
    String workspaceId();

    /** The transition. */
    String transitionId();

    /** From now on nobody else begins an operation on the node. */
    @Revision("1")
    record TransitionJoined(String nodeId, String workspaceId, String transitionId, Instant effectiveAt)
            implements MembershipEvent {}

    /** The node is its users' again. */
    @Revision("1")
    record TransitionLeft(String nodeId, String workspaceId, String transitionId, Instant effectiveAt)
            implements MembershipEvent {}
}
