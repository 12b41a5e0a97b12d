package io.nodeledger.provisioner.transition;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.activity.NodeFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Waits for new nodes. One that can't be made ends the transition: all or none. */
final class AwaitNodes implements StageWork {
    /** Error code of a transition one of whose nodes could not be made. */
    private static final String FAILED = "PROVISIONING_FAILED";

    private final LiveNodes nodes;

    AwaitNodes(LiveNodes nodes) {
        this.nodes = nodes;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.PROVISION);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) {
        turn.progress(transition.members().size() - awaited(transition).size());
        return look(transition, turn) ? ON : SOON;
    }

    /** Records which nodes are ready, or that one never will be; says whether anything was recorded. */
    boolean look(TransitionRecord transition, Turn turn) {
        List<Member> awaited = awaited(transition);
        if (awaited.isEmpty()) {
            return false;
        }
        Map<String, NodeStatus> statuses = nodes.statuses(awaited);
        boolean recorded = false;
        for (Member member : awaited) {
            NodeStatus seen = statuses.get(member.nodeId());
            if (seen != null && seen != NodeStatus.PROVISIONING) {
                recorded = true;
                if (!recordOf(member, turn)) {
                    return true;
                }
            }
        }
        return recorded;
    }

    private static List<Member> awaited(TransitionRecord transition) {
        return transition.members().stream()
                .filter(member -> !member.is(Progress.READY))
                .toList();
    }

    private boolean recordOf(Member member, Turn turn) {
        NodeFacts node = nodes.read(member.nodeId());
        if (node.status() == NodeStatus.RUNNING) {
            turn.record(new TransitionOutcome.NodeReady(member.nodeId()));
            return true;
        }
        turn.record(new TransitionOutcome.Failed(
                FAILED,
                "The node %s could not be made: it is %s"
                        .formatted(node.name(), node.status().word())));
        return false;
    }
}
