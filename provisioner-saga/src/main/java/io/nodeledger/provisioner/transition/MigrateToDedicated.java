package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.record.Member.Progress;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.provisioner.kubernetes.migration.MoveProgress;
import io.nodeledger.provisioner.kubernetes.migration.MoveRequest;
import io.nodeledger.provisioner.kubernetes.migration.MoveRound;
import java.time.Duration;
import java.util.Objects;

/** Moves workloads to new nodes, as soon as their strategy lets them. */
final class MigrateToDedicated {
    private final AwaitNodes awaited;
    private final Clusters clusters;
    private final Movement movement;

    MigrateToDedicated(AwaitNodes awaited, Clusters clusters, Movement movement) {
        this.awaited = awaited;
        this.clusters = clusters;
        this.movement = movement;
    }

    Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        if (awaited.look(transition, turn)) {
            return StageWork.ON;
        }
        String region = Objects.requireNonNull(transition.plan().region());
        var moved = Objects.requireNonNull(transition.moved());
        var request = MoveRequest.toDedicated(
                movement.namespaces(transition, region),
                clusters.dedicated(transition),
                Paces.forward(transition.plan()),
                WorkloadKeys.in(region, moved.unwell()));
        return switch (movement.round(transition, region, request, turn)) {
            case MoveRound.Moved(MoveProgress progress) -> {
                if (!transition.all(Progress.READY)) {
                    yield StageWork.SOON;
                }
                turn.record(new TransitionOutcome.WorkloadsMoved(progress.moved()));
                yield StageWork.ON;
            }
            case MoveRound.Moving moving -> moving.pause();
            case MoveRound.Impossible(String code, String reason) -> {
                turn.record(new TransitionOutcome.Failed(code, reason));
                yield StageWork.ON;
            }
        };
    }
}
