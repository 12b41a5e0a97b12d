package io.nodeledger.model.workspace;

import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionEvent.DedicatedTransitionStarted;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.WishedNode;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import java.time.Instant;
import java.util.List;

/** With what a transition to dedicated nodes begins, in the streams that it begins in. */
record BegunTransition(BeginDedicatedTransition command, Subscription subscription, Instant at) {
    /** Keeps the pods of others away from nodes that a workspace moves to. */
    private static final String TAINT = "nodeledger.io/workspace";

    List<String> names() {
        return command.nodes().stream().map(WishedNode::name).toList();
    }

    String region() {
        return subscription.regionOr(command.region());
    }

    TransitionBegun ofWorkspace() {
        return new TransitionBegun(command.workspaceId(), command.transitionId(), Placement.DEDICATED, true, at);
    }

    List<NodeProvisioningStarted> nodes() {
        var own = new Taint(TAINT, command.workspaceId(), "NoSchedule");
        return command.nodes().stream()
                .map(node -> new NodeProvisioningStarted(
                        node.nodeId(),
                        command.workspaceId(),
                        node.operationId(),
                        node.name(),
                        region(),
                        BegunNode.PROVIDER,
                        command.terms(),
                        command.labels(),
                        List.of(own),
                        Admission.creditHold(command.terms()),
                        at.plusSeconds(command.durations().provision()),
                        at))
                .toList();
    }

    DedicatedTransitionStarted started() {
        return new DedicatedTransitionStarted(
                command.transitionId(),
                command.workspaceId(),
                subscription.namespace(),
                command.strategy(),
                region(),
                command.terms().planId(),
                command.terms().hourlyRate(),
                command.nodes().stream()
                        .map(node -> new TransitionNode(
                                node.nodeId(),
                                node.name(),
                                command.terms().planId(),
                                region(),
                                command.terms().hourlyRate()))
                        .toList(),
                at.plusSeconds(command.durations().toDedicated()),
                command.durations(),
                at);
    }
}
