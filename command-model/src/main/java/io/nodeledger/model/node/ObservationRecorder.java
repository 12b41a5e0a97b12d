package io.nodeledger.model.node;

import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.model.workspace.Workspace;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Records what was seen of nodes outside. A machine that has vanished costs nothing more, so the credits held for it are
 * free again, in the same transaction; name and place stay taken until the node is deleted.
 */
public final class ObservationRecorder {
    private final Repository<Node> nodes;
    private final Repository<Workspace> workspaces;

    public ObservationRecorder(Repository<Node> nodes, Repository<Workspace> workspaces) {
        this.nodes = nodes;
        this.workspaces = workspaces;
    }

    /** Records the observation; the workspace comes first where it is concerned, see {@link OutcomeRecorder}. */
    @CommandHandler
    public ObservationAnswer handle(RecordObservation command) {
        if (!(command.observation() instanceof Observation.MachineVanished)) {
            return answer(record(command));
        }
        Aggregate<Workspace> workspace = workspaces.load(WorkspaceCommand.streamIdOf(command.workspaceId()));
        Optional<NodeEvent> event = record(command);
        if (event.filter(MachineVanished.class::isInstance).isPresent()) {
            workspace.execute(it -> it.releaseHold(command.nodeId(), command.at()));
        }
        return answer(event);
    }

    private Optional<NodeEvent> record(RecordObservation command) {
        return nodes.load(command.nodeId()).invoke(it -> it.record(command));
    }

    private static ObservationAnswer answer(Optional<NodeEvent> event) {
        return event.isPresent() ? ObservationAnswer.RECORDED : ObservationAnswer.NO_LONGER_FITS;
    }
}
