package io.nodeledger.model.life;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.refusal.Refusal;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Who may begin what, said independently of the model (source: rulings, "State machine"; API decisions, "Operations"). */
final class Rules {
    private Rules() {}

    /**
     * What there is besides the node.
     *
     * @param hold what is held for the node already
     * @param available what is not held for any node
     * @param price what a node costs in its first month
     */
    record Workspace(boolean suspended, BigDecimal hold, BigDecimal available, BigDecimal price) {}

    /** Why the act must be refused, if it must. */
    static Optional<Class<? extends Refusal>> against(Act act, SeenNode node, boolean stale, Workspace workspace) {
        if (node.status() == NodeStatus.DELETED) {
            return Optional.of(Refusal.NotFound.class);
        }
        if (stale) {
            return Optional.of(Refusal.PreconditionFailed.class);
        }
        if (node.running() != null) {
            return Optional.of(Refusal.OperationInProgress.class);
        }
        if (!isAllowed(act, node)) {
            return Optional.of(Refusal.InvalidState.class);
        }
        boolean forbidden = workspace.suspended() && (act instanceof Act.Start || act instanceof Act.Retry);
        if (act instanceof Act.Retry
                && workspace.hold().signum() == 0
                && workspace.available().compareTo(workspace.price()) < 0) {
            return Optional.of(forbidden ? Refusal.WorkspaceSuspended.class : Refusal.InsufficientCredits.class);
        }
        return forbidden ? Optional.of(Refusal.WorkspaceSuspended.class) : Optional.empty();
    }

    private static boolean isAllowed(Act act, SeenNode node) {
        boolean broken = node.status() == NodeStatus.ERROR && node.hasMachine();
        return switch (act) {
            case Act.Start _ -> node.status() == NodeStatus.STOPPED || broken;
            case Act.Stop _ -> node.status() == NodeStatus.RUNNING;
            case Act.Reboot _ -> node.status() == NodeStatus.RUNNING || broken;
            case Act.Retry _ -> node.status() == NodeStatus.ERROR && !node.hasMachine();
            case Act.Relabel _ -> Set.of(NodeStatus.RUNNING, NodeStatus.STOPPED).contains(node.status());
            default -> throw new IllegalArgumentException(act + " begins nothing");
        };
    }
}
