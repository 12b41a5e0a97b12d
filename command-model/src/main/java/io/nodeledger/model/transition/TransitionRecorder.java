package io.nodeledger.model.transition;

import io.nodeledger.events.transition.TransitionCommand.RecordTransition;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.model.workspace.Workspace;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/**
 * Records what came of working on transitions. Beginnings, switches and ends concern the workspace too: both streams commit
 * in one transaction or none. The workspace comes first, see {@link io.nodeledger.model.node.OutcomeRecorder}.
 */
public final class TransitionRecorder {
    private final Repository<PlanTransition> transitions;
    private final Repository<Workspace> workspaces;

    public TransitionRecorder(Repository<PlanTransition> transitions, Repository<Workspace> workspaces) {
        this.transitions = transitions;
        this.workspaces = workspaces;
    }

    /** Takes the outcome; answers whether it was recorded. */
    @CommandHandler
    public boolean handle(RecordTransition command) {
        return switch (command.outcome()) {
            case TransitionOutcome.WindowOpened _ -> opened(command);
            case TransitionOutcome.Switch _ -> switched(command);
            case TransitionOutcome.Concluded _ -> concluded(command);
            default -> recorded(transition(command), command, List.of());
        };
    }

    private boolean opened(RecordTransition command) {
        Aggregate<Workspace> workspace = workspace(command);
        Aggregate<PlanTransition> transition = transition(command);
        if (!transition.invoke(it -> OutcomeConsequences.isDue(it.current(), command))) {
            return false;
        }
        List<String> nodes = workspace.invoke(it -> it.open(command.transitionId(), command.at()));
        return recorded(transition, command, nodes);
    }

    private boolean switched(RecordTransition command) {
        Aggregate<Workspace> workspace = workspace(command);
        Aggregate<PlanTransition> transition = transition(command);
        boolean recorded = recorded(transition, command, List.of());
        if (recorded) {
            var target = transition.invoke(it -> it.current().plan().target());
            workspace.execute(it -> it.place(command.transitionId(), target, command.at()));
        }
        return recorded;
    }

    private boolean concluded(RecordTransition command) {
        Aggregate<Workspace> workspace = workspace(command);
        boolean recorded = recorded(transition(command), command, List.of());
        if (recorded) {
            workspace.execute(it -> it.end(command.transitionId(), command.at()));
        }
        return recorded;
    }

    private static boolean recorded(
            Aggregate<PlanTransition> transition, RecordTransition command, List<String> workspaceNodes) {
        var consequences = new OutcomeConsequences(workspaceNodes);
        return transition.invoke(it -> it.record(command, consequences));
    }

    private Aggregate<Workspace> workspace(RecordTransition command) {
        return workspaces.load(WorkspaceCommand.streamIdOf(command.workspaceId()));
    }

    private Aggregate<PlanTransition> transition(RecordTransition command) {
        return transitions.load(command.transitionId());
    }
}
