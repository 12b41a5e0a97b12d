package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.record.Member;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves workloads away from dedicated nodes: node by node, or from all at once. The window is asked before each such unit; one
 * that was begun is brought to its end.
 */
final class MigrateToShared {
    private static final String ALL = "all";

    private final Clusters clusters;
    private final Movement movement;
    private final Duration windowWait;

    MigrateToShared(Clusters clusters, Movement movement, Duration windowWait) {
        this.clusters = clusters;
        this.movement = movement;
        this.windowWait = windowWait;
    }

    Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        List<Member> left = transition.members().stream()
                .filter(member -> !member.is(Progress.DRAINED))
                .toList();
        List<Member> unit = unit(transition, left, turn);
        String name = transition.plan().strategy() == MigrationStrategy.ROLLING && !unit.isEmpty()
                ? unit.getFirst().nodeId()
                : ALL;
        if (!unit.isEmpty() && !turn.begunUnit().equals(name)) {
            if (!leavesTime(transition, turn)) {
                turn.record(new TransitionOutcome.WindowClosed(
                        "The window closes before %d of %d nodes."
                                .formatted(left.size(), transition.members().size()),
                        turn.now().plus(windowWait)));
                return StageWork.ON;
            }
            turn.begin(name);
        }
        clusters.cordon(transition, turn);
        return move(transition, left, unit, turn);
    }

    private Duration move(TransitionRecord transition, List<Member> left, List<Member> unit, Turn turn)
            throws InterruptedException {
        int pods = 0;
        Optional<Duration> pause = Optional.empty();
        for (String region : clusters.regions(transition)) {
            switch (movement.round(transition, region, request(transition, region, unit), turn)) {
                case MoveRound.Moved(MoveProgress progress) -> pods += progress.moved();
                case MoveRound.Moving moving ->
                    pause = pause.filter(shortest -> shortest.compareTo(moving.pause()) < 0)
                            .or(() -> Optional.of(moving.pause()));
                case MoveRound.Impossible(String code, String reason) -> {
                    turn.record(new TransitionOutcome.Failed(code, reason));
                    return StageWork.ON;
                }
            }
        }
        if (pause.isPresent()) {
            return pause.get();
        }
        for (Member member : unit) {
            turn.record(new TransitionOutcome.NodeDrained(member.nodeId()));
        }
        turn.begin("");
        if (left.size() == unit.size()) {
            turn.record(new TransitionOutcome.WorkloadsMoved(pods));
        }
        return StageWork.ON;
    }

    /** What is emptied now. The node that was begun goes first. */
    private static List<Member> unit(TransitionRecord transition, List<Member> left, Turn turn) {
        if (transition.plan().strategy() != MigrationStrategy.ROLLING) {
            return left;
        }
        return left.stream()
                .filter(member -> member.nodeId().equals(turn.begunUnit()))
                .findFirst()
                .or(() -> left.stream().findFirst())
                .map(List::of)
                .orElse(List.of());
    }

    private MoveRequest request(TransitionRecord transition, String region, List<Member> unit) {
        var moved = Objects.requireNonNull(transition.moved());
        Set<String> ids = unit.stream().map(Member::nodeId).collect(Collectors.toSet());
        return MoveRequest.toShared(
                movement.namespaces(transition, region),
                Clusters.names(transition, region, member -> ids.contains(member.nodeId())),
                Paces.forward(transition.plan()),
                WorkloadKeys.in(region, moved.unwell()));
    }

    private static boolean leavesTime(TransitionRecord transition, Turn turn) {
        MaintenanceWindow window = transition.window();
        return window == null
                || window.leaves(Duration.ofSeconds(transition.plan().nodeSeconds()), turn.now());
    }
}
