package io.nodeledger.query.status;

import io.nodeledger.query.node.NodeRow;
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
    boolean counts(NodeRow node, @Nullable Observed observed, Instant now) {
        return observed != null && observed.at() != null && mayRun(node) && !isOld(observed.at(), now);
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
        Instant heartbeat = observed.heartbeatAt();
        return at != null
                && heartbeat != null
                && Duration.between(heartbeat, at).compareTo(settings.heartbeatTimeout()) <= 0;
    }

    private boolean isOld(Instant observedAt, Instant now) {
        return Duration.between(observedAt, now).compareTo(settings.observationTimeout()) > 0;
    }

    /** Whether anything of it can be up; what a cluster still says of the others is about a machine that is off or gone. */
    private static boolean mayRun(NodeRow node) {
        var reason = node.state().reason();
        return switch (node.state().status()) {
            case PROVISIONING, STOPPED, DELETED -> false;
            case ERROR ->
                node.state().kubernetes().capacity() != null
                        && (reason == null || !reason.code().equals("MACHINE_VANISHED"));
            default -> true;
        };
    }
}
