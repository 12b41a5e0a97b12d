package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.model.workspace.Workspace;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Records outcomes of steps. The end of a deletion or of a failed provisioning concerns the workspace too: both streams
 * commit in one transaction or none.
 */
public final class OutcomeRecorder {
    private final Repository<Node> nodes;
    private final Repository<Workspace> workspaces;

    public OutcomeRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
        this.nodes = nodes;
        this.workspaces = workspaces;
    }

    /** Records the outcome on the node and settles with its workspace. */
    @CommandHandler
    public OutcomeAnswer handle(RecordOutcome command) {
        Aggregate<Node> node = nodes.load(command.nodeId());
        Recorded recorded = node.invoke(it -> it.record(command));
        String workspaceId = node.invoke(Node::workspaceId);
        Instant at = command.at();
        switch (recorded.settlement()) {
            case NONE -> {}
            case RELEASE_HOLD -> workspace(workspaceId).execute(it -> it.releaseHold(command.nodeId(), at));
            case RELEASE_NODE -> workspace(workspaceId).execute(it -> it.release(command.nodeId(), at));
        }
        return recorded.answer();
    }

    private Aggregate<Workspace> workspace(String workspaceId) {
        return workspaces.load(WorkspaceCommand.streamIdOf(workspaceId));
    }
}
