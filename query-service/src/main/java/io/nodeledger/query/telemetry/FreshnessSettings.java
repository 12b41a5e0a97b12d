package io.nodeledger.query.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Until when a sample says how a node is now, {@code nodeledger.usage.*}.
 *
 * @param staleAfter how old a sample may be; an older one is not shown
 * @param detailsStaleAfter how old storage, disk operations and packets may be, which are asked for less often
 */
@ConfigurationProperties("nodeledger.usage")
public record FreshnessSettings(
        @DefaultValue("60s") Duration staleAfter,
        @DefaultValue("10m") Duration detailsStaleAfter) {
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    public FreshnessSettings {
        if (staleAfter.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("nodeledger.usage.stale-after must be at least 1s, and better four of"
                    + " nodeledger.telemetry.sample-interval, for example 60s, but is " + staleAfter);
        }
        if (detailsStaleAfter.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.usage.details-stale-after must be at least 1s, and better four"
                            + " of nodeledger.telemetry.detail-interval, for example 10m, but is " + detailsStaleAfter);
        }
    }
}
