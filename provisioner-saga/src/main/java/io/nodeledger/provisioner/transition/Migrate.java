package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionRecord;
import java.time.Duration;
import java.util.Set;

/** Moves workloads to where they are to be. */
final class Migrate implements StageWork {
    private final MigrateToDedicated toDedicated;
    private final MigrateToShared toShared;

    Migrate(MigrateToDedicated toDedicated, MigrateToShared toShared) {
        this.toDedicated = toDedicated;
        this.toShared = toShared;
    }

    @Override
    public Set<TransitionStage> stages() {
        return Set.of(TransitionStage.MIGRATE);
    }

    @Override
    public Duration round(TransitionRecord transition, Turn turn) throws InterruptedException {
        return transition.toDedicated() ? toDedicated.round(transition, turn) : toShared.round(transition, turn);
    }
}
