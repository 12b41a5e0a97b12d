package io.nodeledger.provisioner.incident;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.Threshold;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Decides what is news about a region's nodes. */
final class HealthCheck {
    private static final double PERCENT = 100;

    private final HealthCheckSettings health;
    private final ThresholdSettings thresholds;
    private final Hysteresis hysteresis = new Hysteresis();
    private @Nullable Instant lastCheck;

    HealthCheck(HealthCheckSettings health, ThresholdSettings thresholds) {
        this.health = health;
        this.thresholds = thresholds;
    }

    /** News of a node. */
    record News(String nodeId, String workspaceId, Observation.OfHealth observation) {}

    /** What is news, by the vital signs of all nodes of the region. */
    List<News> of(List<Vitals> region, Instant now) {
        if (lastCheck != null && isGap(Duration.between(lastCheck, now))) {
            hysteresis.forget();
        }
        lastCheck = now;
        hysteresis.retain(region.stream().map(Vitals::nodeId).collect(Collectors.toSet()));
        var news = new ArrayList<News>();
        for (Vitals node : region) {
            health(node, now).ifPresent(seen -> news.add(new News(node.nodeId(), node.workspaceId(), seen)));
            for (NodeResource resource : NodeResource.values()) {
                threshold(node, resource, now)
                        .ifPresent(seen -> news.add(new News(node.nodeId(), node.workspaceId(), seen)));
            }
        }
        return List.copyOf(news);
    }

    /** Another instance goes on. */
    void forget() {
        hysteresis.forget();
        lastCheck = null;
    }

    /** While nobody looked, or the clock was set, nothing lasted. */
    private boolean isGap(Duration sinceLastCheck) {
        return sinceLastCheck.isNegative() || sinceLastCheck.compareTo(health.observationTimeout()) > 0;
    }

    private Optional<Observation.OfHealth> health(Vitals node, Instant now) {
        boolean open = node.open().contains(Vitals.HEALTH);
        @Nullable Illness illness = illness(node);
        Signal signal = isUnknown(node, now) ? Signal.NEITHER : illness == null ? Signal.GOOD : Signal.BAD;
        return hysteresis
                .take(node.nodeId(), Vitals.HEALTH, signal, open, health.failedAfter(), health.recoveredAfter(), now)
                .map(since -> illness == null
                        ? new Observation.Healthy(since)
                        : new Observation.Unhealthy(illness.code(), illness.reason(), since));
    }

    private record Illness(String code, String reason) {}

    /** A cluster that was not heard lately says nothing, and neither does one that does not know the node: that is drift. */
    private boolean isUnknown(Vitals node, Instant now) {
        Instant seenAt = node.clusterSeenAt();
        return seenAt == null
                || !seenAt.isAfter(node.settledAt())
                || node.ready() == null
                || node.heartbeatAt() == null
                || Duration.between(seenAt, now).compareTo(health.observationTimeout()) > 0;
    }

    private @Nullable Illness illness(Vitals node) {
        Instant seenAt = node.clusterSeenAt();
        Instant heartbeatAt = node.heartbeatAt();
        if (seenAt != null && heartbeatAt != null) {
            Duration silent = Duration.between(heartbeatAt, seenAt);
            if (silent.compareTo(health.heartbeatTimeout()) > 0) {
                return new Illness(
                        "HEARTBEAT_LOST", "The kubelet had not been heard for " + silent.toSeconds() + " s.");
            }
        }
        return Boolean.FALSE.equals(node.ready())
                ? new Illness("NOT_READY", "Kubernetes calls the node not Ready.")
                : null;
    }

    private Optional<Observation.OfHealth> threshold(Vitals node, NodeResource resource, Instant now) {
        Double share = node.share(resource);
        Instant sampledAt = node.sampledAt();
        boolean known = share != null
                && sampledAt != null
                && sampledAt.isAfter(node.settledAt())
                && Duration.between(sampledAt, now).compareTo(health.observationTimeout()) <= 0;
        boolean open = node.open().contains(resource.name());
        BigDecimal percentage =
                BigDecimal.valueOf(share == null ? 0 : share * PERCENT).setScale(1, RoundingMode.HALF_UP);
        Threshold own = node.thresholds().of(resource);
        BigDecimal limit = own == null ? thresholds.percentage(resource) : own.percentage();
        Duration during = own == null ? thresholds.during(resource) : Duration.ofSeconds(own.forSeconds());
        Signal signal = known ? signal(percentage, limit) : Signal.NEITHER;
        return hysteresis
                .take(node.nodeId(), resource.name(), signal, open, during, during, now)
                .map(since -> open
                        ? new Observation.BelowThreshold(resource, percentage, since)
                        : new Observation.AboveThreshold(resource, limit, percentage, since));
    }

    private Signal signal(BigDecimal percentage, BigDecimal limit) {
        if (percentage.compareTo(limit) > 0) {
            return Signal.BAD;
        }
        return percentage.compareTo(thresholds.clearedAt(limit)) <= 0 ? Signal.GOOD : Signal.NEITHER;
    }
}
