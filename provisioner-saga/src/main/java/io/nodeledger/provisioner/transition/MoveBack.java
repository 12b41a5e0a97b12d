package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Moves workloads back to where they were: away from nodes made in vain, or onto the nodes that they had. */
final class MoveBack implements StageWork {
    private final Clusters clusters;
    private final Movement movement;

    MoveBack(Clusters clusters, Movement movement) {
        this.clusters = clusters;
        this.movement = movement;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.MOVE_BACK);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        if (transition.toDedicated()) {
            clusters.cordon(transition, turn);
        } else {
            clusters.uncordon(transition, turn);
        }
        Duration pause = ON;
        for (String region : clusters.regions(transition)) {
            MoveRequest request = transition.toDedicated() ? away(transition, region) : onto(transition, region);
            switch (movement.round(transition, region, request, turn)) {
                case MoveRound.Moved _ -> {}
                case MoveRound.Moving moving -> pause = moving.pause().compareTo(pause) > 0 ? moving.pause() : pause;
                case MoveRound.Impossible(String code, String reason) -> {
                    turn.askPeople(region + ": " + reason + " (" + code + ")");
                    pause = SOON.multipliedBy(10);
                }
            }
        }
        if (pause.isZero()) {
            turn.record(new TransitionOutcome.WorkloadsMovedBack());
        }
        return pause;
    }

    private MoveRequest away(TransitionRecord transition, String region) {
        return MoveRequest.toShared(
                movement.namespaces(transition, region),
                Clusters.names(transition, region, _ -> true),
                Paces.back(transition.plan()),
                WorkloadKeys.in(
                        region, Objects.requireNonNull(transition.moved()).unwell()));
    }

    /** Namespaces whose pods were not directed before may have theirs wherever they are. */
    private MoveRequest onto(TransitionRecord transition, String region) {
        var before = Objects.requireNonNull(transition.moved());
        return MoveRequest.toDedicated(
                before.directed().getOrDefault(region, List.of()),
                clusters.dedicated(transition),
                Paces.back(transition.plan()),
                WorkloadKeys.in(region, before.unwell()));
    }
}
