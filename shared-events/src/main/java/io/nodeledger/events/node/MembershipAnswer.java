package io.nodeledger.events.node;

import io.nodeledger.events.transition.TransitionNode;

/** How a node took the wish of a transition to have it. */
public sealed interface MembershipAnswer {
    /** It belongs to the transition. */
    record Member(TransitionNode node) implements MembershipAnswer {}

    /** Something runs on it still, or it belongs to another transition, which is named then. */
    record Busy(String operationId) implements MembershipAnswer {}

    /** It does not belong to the transition: it is deleted, or its users' again. */
    record NoMember() implements MembershipAnswer {}
}
