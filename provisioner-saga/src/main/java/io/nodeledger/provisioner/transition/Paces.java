package io.nodeledger.provisioner.transition;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.record.TransitionRecord.Plan;
import io.nodeledger.provisioner.kubernetes.migration.Pace;

/** How fast pods move by which strategy. */
final class Paces {
    private Paces() {}

    /** Away from dedicated nodes the order of the nodes is what rolls, so that the workloads of each may move side by side. */
    static Pace forward(Plan plan) {
        return switch (plan.strategy()) {
            case ROLLING -> plan.target() == Placement.DEDICATED ? Pace.ONE_BY_ONE : Pace.EACH_WORKLOAD;
            case BLUE_GREEN -> Pace.EACH_WORKLOAD;
            case ALL_AT_ONCE -> Pace.ALL;
        };
    }

    static Pace back(Plan plan) {
        return plan.strategy() == MigrationStrategy.ALL_AT_ONCE ? Pace.ALL : Pace.EACH_WORKLOAD;
    }
}
