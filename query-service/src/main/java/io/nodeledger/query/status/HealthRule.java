package io.nodeledger.query.status;

import io.nodeledger.events.node.record.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides how a node is doing; ages are measured up to the moment for which the observation holds. */
public final class HealthRule {
    private static final Set<String> PRESSURES =
            Set.of("MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable");

    private final HealthSettings settings;

    public HealthRule(HealthSettings settings) {
        this.settings = settings;
    }

    /** Whether an observation says how the node is now: it has a machine that may run, and was observed lately. */
    boolean counts(NodeRecord node, @Nullable Observed observed, Instant now) {
        return observed != null && observed.at() != null && node.mayRun() && !isOld(observed.at(), now);
    }

    /** How a node is, by an observation that counts. */
    Health of(Observed observed) {
        if (observed.heartbeatAt() == null) {
            return observed.ready() ? Health.UNKNOWN : Health.UNHEALTHY;
        }
        if (!observed.ready() || !isAlive(observed)) {
            return Health.UNHEALTHY;
        }
        boolean pressed = observed.conditions().stream()
                .anyMatch(condition -> condition.isTrue() && PRESSURES.contains(condition.type()));
        return pressed ? Health.DEGRADED : Health.HEALTHY;
    }

    /** Whether the node's kubelet had lately given a sign of life. */
    boolean isAlive(Observed observed) {
        Instant at = observed.at();
        return at != null && isAlive(observed.heartbeatAt(), at);
    }

    /** Whether a node had lately given a sign of life, when it was observed. */
    public boolean isAlive(@Nullable Instant heartbeatAt, Instant observedAt) {
        return heartbeatAt != null
                && Duration.between(heartbeatAt, observedAt).compareTo(settings.heartbeatTimeout()) <= 0;
    }

    /** Whether what was observed then says how a node is now. */
    public boolean isCurrent(@Nullable Instant observedAt, Instant now) {
        return observedAt != null && !isOld(observedAt, now);
    }

    private boolean isOld(Instant observedAt, Instant now) {
        return Duration.between(observedAt, now).compareTo(settings.observationTimeout()) > 0;
    }
}
