package io.nodeledger.provisioner.transition;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.NodeCommand.DeleteTransitionNode;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.activity.Restores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes the nodes of a transition: those that are no longer needed, or those that were made in vain. */
final class RemoveNodes implements StageWork {
    private static final long ESTIMATED_SECONDS = 180;

    private final PlatformCommands commands;
    private final LiveNodes nodes;
    private final Restores restores;
    private final Duration drainTimeout;
    private final BegunDeletions begun = new BegunDeletions();

    RemoveNodes(PlatformCommands commands, LiveNodes nodes, Restores restores, Duration drainTimeout) {
        this.commands = commands;
        this.nodes = nodes;
        this.restores = restores;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.DELETE, TransitionStage.REMOVE);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        List<Member> left = transition.members().stream()
                .filter(member -> !member.is(Progress.REMOVED))
                .toList();
        turn.progress(transition.members().size() - left.size());
        Map<String, NodeStatus> statuses = nodes.statuses(left);
        List<Member> undecided = left.stream()
                .filter(member -> statuses.get(member.nodeId()) != NodeStatus.DELETING)
                .toList();
        if (SideBySide.each(undecided, member -> remove(transition, member, turn))
                .contains(true)) {
            return ON;
        }
        turn.waitsFor(
                "Nodes are being deleted: " + left.stream().map(Member::nodeId).collect(Collectors.joining(", ")));
        return SOON;
    }

    private boolean remove(TransitionRecord transition, Member member, Turn turn) {
        NodeStatus status = nodes.read(member.nodeId()).status();
        if (status == NodeStatus.DELETED) {
            begun.forget(member.nodeId());
            turn.record(new TransitionOutcome.NodeRemoved(member.nodeId()));
            return true;
        }
        if (status != NodeStatus.DELETING) {
            if (begun.contains(member.nodeId())) {
                turn.askPeople("The node %s could not be deleted, its last operation says why. It is tried again."
                        .formatted(member.nodeId()));
            }
            if (begun.mayBegin(member.nodeId(), turn.now()) && isAcknowledged(transition, turn)) {
                delete(transition, member, turn);
            }
        }
        return false;
    }

    /** What a restore has lost may have turned the transition back, or given its nodes another use. */
    private boolean isAcknowledged(TransitionRecord transition, Turn turn) {
        OptionalInt epoch = restores.since(transition.id());
        if (epoch.isPresent()) {
            turn.askPeople("It began before the database was restored. It deletes no nodes until an operator has"
                    + " acknowledged epoch " + epoch.getAsInt() + ".");
        }
        return epoch.isEmpty();
    }

    private void delete(TransitionRecord transition, Member member, Turn turn) {
        turn.assertLease();
        DeletionAnswer answer = commands.send(
                transition,
                new DeleteTransitionNode(
                        member.nodeId(),
                        transition.plan().workspaceId(),
                        transition.id(),
                        Ids.task(),
                        (int) drainTimeout.toSeconds(),
                        ESTIMATED_SECONDS,
                        turn.now()));
        if (answer instanceof DeletionAnswer.Refused(var refusal)) {
            throw new IllegalStateException(member.nodeId() + " of " + transition.id() + ": " + refusal);
        }
        begun.begin(member.nodeId(), turn.now());
    }
}
