package io.nodeledger.model.node;

import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.node.MembershipEvent.TransitionLeft;
import io.nodeledger.events.node.NodeCommand.JoinTransition;
import io.nodeledger.events.node.NodeCommand.LeaveTransition;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a node becomes a transition's, which alone may begin anything on it then, or its users' again. */
record Membership(NodeSnapshot node, Instant at) {
    Decision<MembershipAnswer> of(JoinTransition command) {
        if (!node.isIn(command.workspaceId())) {
            return Decision.nothing(new MembershipAnswer.NoMember());
        }
        String owner = node.transitionId();
        if (owner != null) {
            return Decision.nothing(owner.equals(command.transitionId()) ? member() : new MembershipAnswer.Busy(owner));
        }
        Optional<OperationProgress> operation = node.state().running();
        return operation.isPresent()
                ? Decision.nothing(new MembershipAnswer.Busy(operation.get().id()))
                : new Decision<>(
                        List.of(new TransitionJoined(node.id(), node.workspaceId(), command.transitionId(), at)),
                        _ -> member());
    }

    Decision<MembershipAnswer> of(LeaveTransition command) {
        return new Decision<>(
                command.transitionId().equals(node.transitionId())
                        ? List.of(new TransitionLeft(node.id(), node.workspaceId(), command.transitionId(), at))
                        : List.of(),
                _ -> new MembershipAnswer.NoMember());
    }

    private MembershipAnswer member() {
        NodeTerms terms = node.terms();
        return new MembershipAnswer.Member(
                new TransitionNode(node.id(), node.name(), terms.planId(), terms.region(), terms.hourlyRate()));
    }
}
