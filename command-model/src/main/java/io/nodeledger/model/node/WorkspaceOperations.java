package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StartNode;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.model.workspace.Workspace;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Begins operations that the workspace has a say in: a suspended one starts nothing, nor
 * does one that is in debt for too long, and a node that is provisioned anew
 * is paid for anew. Both streams commit in one transaction or none; the workspace comes first, see
 * {@link OutcomeRecorder}.
 */
public final class WorkspaceOperations {
    private final Repository<Node> nodes;
    private final Repository<Workspace> workspaces;

    public WorkspaceOperations(Repository<Node> nodes, Repository<Workspace> workspaces) {
        this.nodes = nodes;
        this.workspaces = workspaces;
    }

    /** Starts the node. */
    @CommandHandler
    public OperationAnswer handle(StartNode command) {
        var refusal = workspace(command.workspaceId()).invoke(it -> it.refusalOfStart(command.at()));
        return nodes.load(command.nodeId()).invoke(node -> node.begin(command, refusal));
    }

    /** Provisions the node anew. */
    @CommandHandler
    public OperationAnswer handle(RetryProvisioning command) {
        Aggregate<Workspace> workspace = workspace(command.workspaceId());
        Aggregate<Node> node = nodes.load(command.nodeId());
        NodeTerms terms = node.invoke(Node::terms);
        var shortages = command.shortages().getOrDefault(terms.planId(), Map.of());
        var refusal = workspace.invoke(it ->
                it.refusalOfRetry(command.nodeId(), terms.creditHold(), terms.region(), terms.planId(), shortages));
        OperationAnswer answer = node.invoke(it -> it.begin(command, refusal));
        if (answer instanceof OperationAnswer.Accepted) {
            workspace.execute(it -> it.renewHold(command.nodeId(), terms.creditHold(), command.at()));
        }
        return answer;
    }

    private Aggregate<Workspace> workspace(String workspaceId) {
        return workspaces.load(WorkspaceCommand.streamIdOf(workspaceId));
    }
}
