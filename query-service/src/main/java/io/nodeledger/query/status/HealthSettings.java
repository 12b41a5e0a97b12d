package io.nodeledger.query.status;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a node counts as what, {@code nodeledger.health.*}.
 *
 * @param heartbeatTimeout how old a kubelet's last sign of life may be; Kubernetes itself waits as long
 * @param observationTimeout how long ago a cluster may last have been heard, before nobody knows how its nodes are
 */
@ConfigurationProperties("nodeledger.health")
public record HealthSettings(
        @DefaultValue("40s") Duration heartbeatTimeout,
        @DefaultValue("60s") Duration observationTimeout) {
    private static final Duration SHORTEST_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_OBSERVATION = Duration.ofSeconds(1);

    public HealthSettings {
        if (heartbeatTimeout.compareTo(SHORTEST_HEARTBEAT) < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.health.heartbeat-timeout must be at least 1s, and better four"
                            + " of the kubelets' heartbeats, for example 40s, but is " + heartbeatTimeout);
        }
        if (observationTimeout.compareTo(SHORTEST_OBSERVATION) < 0) {
            throw new IllegalArgumentException("nodeledger.health.observation-timeout must be at least 1s, and better"
                    + " many of nodeledger.kubernetes.observation-interval, for example 60s, but is "
                    + observationTimeout);
        }
    }
}
