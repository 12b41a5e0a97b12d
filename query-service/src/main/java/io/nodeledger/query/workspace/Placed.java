package io.nodeledger.query.workspace;

import io.nodeledger.events.transition.Placement;
import org.jspecify.annotations.Nullable;

/**
 * Where the workloads of a workspace run.
 *
 * @param transitionId the transition that runs or is scheduled, null when there is none
 */
public record Placed(Placement placement, @Nullable String transitionId) {
    static final Placed BEFORE_ANY_MOVE = new Placed(Placement.SHARED, null);

    Placed moving(String transition) {
        return new Placed(placement, transition);
    }

    Placed at(Placement next) {
        return new Placed(next, transitionId);
    }

    Placed settled() {
        return new Placed(placement, null);
    }
}
