package io.nodeledger.provisioner.observation.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the events of nodes are kept, {@code nodeledger.events.*}.
 *
 * @param retention how long after it happened last an event is kept; at least the hour for which Kubernetes keeps it
 */
@ConfigurationProperties("nodeledger.events")
public record EventSettings(@DefaultValue("7d") Duration retention) {
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    public EventSettings {
        if (retention.compareTo(SHORTEST) < 0 || retention.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "nodeledger.events.retention must be between 1h and 3650d, for example 7d, but is " + retention);
        }
    }
}
