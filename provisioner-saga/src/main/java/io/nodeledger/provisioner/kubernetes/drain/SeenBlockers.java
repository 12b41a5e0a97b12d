package io.nodeledger.provisioner.kubernetes.drain;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.provisioner.activity.Attempt;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The blockers of one drain that this instance last reported, so that only a change is an event. It is forgotten with the
 * instance; then they are reported once more.
 */
public final class SeenBlockers {
    private final String operationId;
    private volatile Set<String> last = Set.of();

    public SeenBlockers(String operationId) {
        this.operationId = operationId;
    }

    /** Whether they were reported in this operation: one that was called off leaves its own behind. */
    public boolean isOf(String operation) {
        return operationId.equals(operation);
    }

    void report(Attempt attempt, Collection<Blocker> blockers) {
        var now = blockers.stream().map(Blocker::pod).collect(Collectors.toSet());
        if (!now.equals(last)) {
            attempt.record(new Outcome.Delayed("Held back: " + Blocker.describe(blockers)));
            last = now;
        }
    }
}
