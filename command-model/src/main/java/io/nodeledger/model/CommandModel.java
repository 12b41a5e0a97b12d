package io.nodeledger.model;

import io.nodeledger.model.node.Node;
import io.nodeledger.model.node.ObservationRecorder;
import io.nodeledger.model.node.OutcomeRecorder;
import io.nodeledger.model.node.WorkspaceOperations;
import io.nodeledger.model.transition.PlanTransition;
import io.nodeledger.model.transition.TransitionRecorder;
import io.nodeledger.model.webhook.WebhookEndpoint;
import io.nodeledger.model.workspace.Workspace;
import java.util.List;
import org.axonframework.config.Configuration;

/** The write model as its services register it. Both doors register the same, and nothing else decides. */
public final class CommandModel {
    private CommandModel() {}

    /** The aggregates. */
    public static List<Class<?>> aggregates() {
        return List.of(Workspace.class, Node.class, PlanTransition.class, WebhookEndpoint.class);
    }

    /** The handlers of commands that concern more than one aggregate. */
    public static OutcomeRecorder outcomeRecorder(Configuration axon) {
        return new OutcomeRecorder(axon.repository(Node.class), axon.repository(Workspace.class));
    }

    /** The handler of what was seen of nodes outside. */
    public static ObservationRecorder observationRecorder(Configuration axon) {
        return new ObservationRecorder(axon.repository(Node.class), axon.repository(Workspace.class));
    }

    /** The handler of operations that concern a node and its workspace. */
    public static WorkspaceOperations workspaceOperations(Configuration axon) {
        return new WorkspaceOperations(axon.repository(Node.class), axon.repository(Workspace.class));
    }

    /** The handler of what came of working on transitions. */
    public static TransitionRecorder transitionRecorder(Configuration axon) {
        return new TransitionRecorder(axon.repository(PlanTransition.class), axon.repository(Workspace.class));
    }
}
