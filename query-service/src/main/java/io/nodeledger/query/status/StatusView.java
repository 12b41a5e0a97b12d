package io.nodeledger.query.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.base.web.ProseDuration;
import io.nodeledger.events.node.record.NodeRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * How a node is doing.
 *
 * @param lastHeartbeat its kubelet's last sign of life, however long ago; absent when there was none
 * @param observedAt the moment for which all of this holds; absent when it was never observed
 * @param uptime since its operating system began to run; absent unless its kubelet is known to be alive
 * @param system absent until the node has joined
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatusView(
        String id,
        String status,
        String health,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant observedAt,
        @Nullable String uptime,
        @Nullable Long uptimeSeconds,
        Kubernetes kubernetes,
        @Nullable Map<String, String> system) {

    /**
     * What the cluster says now.
     *
     * @param conditions none unless the node's health is known
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Kubernetes(boolean ready, boolean schedulable, List<Condition> conditions) {
        private static final Kubernetes NOT_KNOWN = new Kubernetes(false, false, List.of());
    }

    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Condition(
            String type, String status, @Nullable Instant lastTransition) {}

    static StatusView of(NodeRecord node, @Nullable Observed observed, HealthRule rule, Instant now) {
        String id = node.origin().id();
        String status = node.state().status().word();
        if (observed == null) {
            return new StatusView(
                    id, status, Health.UNKNOWN.word(), null, null, null, null, Kubernetes.NOT_KNOWN, null);
        }
        boolean counts = rule.counts(node, observed, now);
        Duration up = Duration.between(observed.bootedAt(), now);
        boolean isUp = counts && rule.isAlive(observed) && !up.isNegative();
        return new StatusView(
                id,
                status,
                (counts ? rule.of(observed) : Health.UNKNOWN).word(),
                seconds(observed.heartbeatAt()),
                seconds(observed.at()),
                isUp ? ProseDuration.of(up) : null,
                isUp ? up.toSeconds() : null,
                counts ? kubernetes(observed) : Kubernetes.NOT_KNOWN,
                observed.system().isEmpty() ? null : observed.system());
    }

    private static Kubernetes kubernetes(Observed observed) {
        return new Kubernetes(
                observed.ready(),
                observed.schedulable(),
                observed.conditions().stream()
                        .map(one -> new Condition(one.type(), one.status(), one.lastTransition()))
                        .toList());
    }

    private static @Nullable Instant seconds(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }
}
