package io.nodeledger.query.observed;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When what is known of nodes' pods counts, {@code nodeledger.workload.*}.
 *
 * @param observationTimeout how long ago a cluster may last have told anything of its pods; one in which nothing happens
 *     tells so every minute
 */
@ConfigurationProperties("nodeledger.workload")
public record WorkloadSettings(@DefaultValue("3m") Duration observationTimeout) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public WorkloadSettings {
        if (observationTimeout.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("nodeledger.workload.observation-timeout must be at least 1s, and better"
                    + " longer than the minute after which quiet clusters tell so, for example 3m, but is "
                    + observationTimeout);
        }
    }

    /** What was told earlier does not count now. */
    public Instant oldest(Instant now) {
        return now.minus(observationTimeout);
    }
}
