package io.nodeledger.provisioner.observation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the regions' Kubernetes clusters are observed, {@code nodeledger.kubernetes.*}.
 *
 * @param observationInterval pause between two looks at what a cluster's watches have told; what has changed is written
 *     once in that time, however often it did
 */
@ConfigurationProperties("nodeledger.kubernetes")
public record ObservationSettings(@DefaultValue("5s") Duration observationInterval) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(15);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    public ObservationSettings {
        if (observationInterval.compareTo(SHORTEST) < 0 || observationInterval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "nodeledger.kubernetes.observation-interval must be between 100ms and 1h,"
                            + " for example 5s, but is " + observationInterval);
        }
    }

    /** How long a cluster may tell nothing before it is asked: its kubelets renew their leases every ten seconds. */
    Duration silence() {
        Duration looks = observationInterval.multipliedBy(2);
        return looks.compareTo(SHORTEST_SILENCE) > 0 ? looks : SHORTEST_SILENCE;
    }

    /** How long a region is one instance's own after each of its looks, even when a call hangs in between. */
    Duration turn() {
        return observationInterval.multipliedBy(3).plus(LONGEST_CALL);
    }
}
