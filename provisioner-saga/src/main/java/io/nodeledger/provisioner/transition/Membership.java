package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.node.NodeCommand.JoinTransition;
import io.nodeledger.events.node.NodeCommand.LeaveTransition;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Instant;

/** Which nodes belong to a transition: nobody else may do anything with them meanwhile. */
final class Membership {
    private final PlatformCommands commands;

    Membership(PlatformCommands commands) {
        this.commands = commands;
    }

    /** Makes a node the transition's own, unless something runs there. */
    MembershipAnswer join(TransitionRecord transition, Member member, Turn turn) {
        turn.assertLease();
        return commands.send(
                transition,
                new JoinTransition(member.nodeId(), transition.plan().workspaceId(), transition.id(), turn.now()));
    }

    /** Gives the nodes back to their users. */
    void end(TransitionRecord transition, Turn turn) throws InterruptedException {
        SideBySide.each(transition.members(), member -> {
            turn.assertLease();
            return leave(transition, member, turn.now());
        });
    }

    /**
     * Gives back what a transition that has ended still has: a node that an instance took for it while another one had
     * already called it off.
     */
    void end(TransitionRecord ended, Instant at) throws InterruptedException {
        SideBySide.each(ended.members(), member -> leave(ended, member, at));
    }

    private MembershipAnswer leave(TransitionRecord transition, Member member, Instant at) {
        return commands.send(
                transition,
                new LeaveTransition(member.nodeId(), transition.plan().workspaceId(), transition.id(), at));
    }
}
