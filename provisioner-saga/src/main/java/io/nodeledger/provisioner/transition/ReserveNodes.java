package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.MembershipAnswer;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Milestone;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes a workspace's nodes the transition's own, and gives them back when it is done with them. */
final class ReserveNodes implements StageWork {
    private final Membership membership;
    private final Clusters clusters;

    ReserveNodes(Membership membership, Clusters clusters) {
        this.membership = membership;
        this.clusters = clusters;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.RESERVE, TransitionStage.GIVE_BACK);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        return transition.has(Milestone.RESERVED) || transition.failure() != null
                ? giveBack(transition, turn)
                : reserve(transition, turn);
    }

    private Duration reserve(TransitionRecord transition, Turn turn) throws InterruptedException {
        var nodes = new ArrayList<TransitionNode>();
        var busy = new ArrayList<String>();
        List<MembershipAnswer> answers =
                SideBySide.each(transition.members(), member -> membership.join(transition, member, turn));
        for (int i = 0; i < answers.size(); i++) {
            switch (answers.get(i)) {
                case MembershipAnswer.Member joined -> nodes.add(joined.node());
                case MembershipAnswer.Busy other ->
                    busy.add(transition.members().get(i).nodeId() + " (" + other.operationId() + ")");
                case MembershipAnswer.NoMember _ -> {}
            }
        }
        turn.progress(nodes.size());
        if (busy.isEmpty()) {
            turn.record(new TransitionOutcome.Reserved(List.copyOf(nodes)));
            return ON;
        }
        turn.waitsFor("Operations have to end first: " + String.join(", ", busy));
        return SOON;
    }

    private Duration giveBack(TransitionRecord transition, Turn turn) throws InterruptedException {
        clusters.uncordon(transition, turn);
        membership.end(transition, turn);
        turn.record(new TransitionOutcome.GivenBack());
        return ON;
    }
}
