package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.model.workspace.Workspace;
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

    /**
     * Records the outcome on the node and settles with its workspace. Where a settlement may follow, the workspace comes
     * first: whoever waits for its lock must not hold a connection that reading the node has taken.
     */
    @CommandHandler
    public OutcomeAnswer handle(RecordOutcome command) {
        if (!maySettle(command.step())) {
            return nodes.load(command.nodeId()).invoke(it -> it.record(command)).answer();
        }
        Aggregate<Workspace> workspace = workspaces.load(WorkspaceCommand.streamIdOf(command.workspaceId()));
        Recorded recorded = nodes.load(command.nodeId()).invoke(it -> it.record(command));
        switch (recorded.settlement()) {
            case NONE -> {}
            case RELEASE_HOLD -> workspace.execute(it -> it.releaseHold(command.nodeId(), command.at()));
            case RELEASE_NODE -> workspace.execute(it -> it.release(command.nodeId(), command.at()));
        }
        return recorded.answer();
    }

    private static boolean maySettle(Step step) {
        return step == Step.RELEASE || step == Step.VERIFY_GONE;
    }
}
