package io.nodeledger.model.workspace;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** With what a transition to shared nodes begins, and whether its window is long enough for it. */
record ScheduledTransition(ScheduleSharedTransition command, String namespace, List<String> nodes, Instant at) {
    Optional<Refusal> refusalOfWindow() {
        MaintenanceWindow window = command.window();
        return window == null || window.length().toSeconds() >= seconds()
                ? Optional.empty()
                : Optional.of(new Refusal.WindowTooShort(window.length().toSeconds(), seconds()));
    }

    TransitionBegun ofWorkspace() {
        return new TransitionBegun(command.workspaceId(), command.transitionId(), Placement.SHARED, false, at);
    }

    SharedTransitionScheduled event() {
        return new SharedTransitionScheduled(
                command.transitionId(),
                command.workspaceId(),
                namespace,
                command.strategy(),
                command.window(),
                command.backup(),
                nodes,
                seconds(),
                command.durations().unit(command.strategy()),
                command.durations(),
                at);
    }

    private long seconds() {
        return command.durations().toShared(command.strategy(), command.backup() ? nodes.size() : 0, nodes.size());
    }
}
