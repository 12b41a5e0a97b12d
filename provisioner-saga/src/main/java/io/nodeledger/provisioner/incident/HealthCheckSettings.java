package io.nodeledger.provisioner.incident;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a node's health is told as an event, {@code nodeledger.health.*}. The first two are those by which it is shown.
 *
 * @param heartbeatTimeout how old a kubelet's last sign of life may be
 * @param observationTimeout how long ago a cluster may last have been heard, before nobody knows how its nodes are
 * @param checkInterval pause between two checks of all nodes of a region
 * @param failedAfter how long a node must not have been well before that is told
 * @param recoveredAfter how long it must have been well again
 */
@ConfigurationProperties("nodeledger.health")
public record HealthCheckSettings(
        @DefaultValue("40s") Duration heartbeatTimeout,
        @DefaultValue("60s") Duration observationTimeout,
        @DefaultValue("5s") Duration checkInterval,
        @DefaultValue("20s") Duration failedAfter,
        @DefaultValue("30s") Duration recoveredAfter) {
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(20);

    public HealthCheckSettings {
        if (checkInterval.compareTo(SHORTEST_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.health.check-interval must be at least 100ms, for example 5s, but is " + checkInterval);
        }
        if (failedAfter.isNegative() || recoveredAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "nodeledger.health.failed-after and recovered-after must not be negative," + " but are "
                            + failedAfter + " and " + recoveredAfter);
        }
    }

    /** How old what was seen may get while it is told. */
    Duration longestTelling() {
        return checkInterval.multipliedBy(2);
    }

    /** How long a region is one instance's own after each of its checks. */
    Duration turn() {
        return checkInterval.multipliedBy(3).plus(LONGEST_CHECK);
    }
}
