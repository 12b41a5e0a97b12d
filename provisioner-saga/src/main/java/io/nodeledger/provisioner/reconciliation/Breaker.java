package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.provisioner.reconciliation.RegionStates.Acceptance;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Stops a pass before it changes anything when what it sees is more likely to be somebody's outage than the truth: too
 * much at once, or machines missing whose hosts are down. Only a person can tell the difference then.
 */
final class Breaker {
    private final ReconcilerSettings settings;

    Breaker(ReconcilerSettings settings) {
        this.settings = settings;
    }

    /**
     * What a pass is about to change.
     *
     * @param changes how much, also what is suspected for the first time
     * @param deadHosts hosts that are down or not listed, on which machines are missing
     */
    record Plan(int changes, Set<String> deadHosts) {
        /** Of what a pass has found. */
        static Plan of(Iterable<Finding> findings, Predicate<String> online) {
            int changes = 0;
            var dead = new TreeSet<String>();
            for (Finding finding : findings) {
                if (finding.isChange()) {
                    changes++;
                }
                String host = finding.suspicion().host();
                if (finding.kind() == DriftKind.MACHINE_VANISHED && host != null && !online.test(host)) {
                    dead.add(host);
                }
            }
            return new Plan(changes, dead);
        }
    }

    /**
     * Why nothing may be changed; empty when the plan may be carried out.
     *
     * @param liveNodes nodes of the region that have a machine
     */
    Optional<String> objection(Plan plan, int liveNodes, @Nullable Acceptance accepted, Instant now) {
        if (isAccepted(plan, accepted, now)) {
            return Optional.empty();
        }
        if (!plan.deadHosts().isEmpty()) {
            return Optional.of("Machines are missing whose hosts are down: " + String.join(", ", plan.deadHosts()));
        }
        int allowed = settings.allowed(liveNodes);
        return plan.changes() <= allowed
                ? Optional.empty()
                : Optional.of("%d changes at once are more than the %d that are allowed with %d live nodes"
                        .formatted(plan.changes(), allowed, liveNodes));
    }

    /** Accepted is what was there to be seen; a few more may have joined it since, many more are another matter. */
    private boolean isAccepted(Plan plan, @Nullable Acceptance accepted, Instant now) {
        return accepted != null
                && accepted.at().plus(settings.acceptedFor()).isAfter(now)
                && plan.changes() <= accepted.changes() + settings.alwaysAllowed();
    }
}
