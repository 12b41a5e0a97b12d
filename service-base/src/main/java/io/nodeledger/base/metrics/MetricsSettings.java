package io.nodeledger.base.metrics;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What metrics cost, {@code nodeledger.metrics.*}.
 *
 * @param readEvery pause between two looks at the figures that the database knows
 */
@ConfigurationProperties("nodeledger.metrics")
public record MetricsSettings(@DefaultValue("15s") Duration readEvery) {
    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(5);

    public MetricsSettings {
        if (readEvery.compareTo(LEAST) < 0 || readEvery.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "nodeledger.metrics.read-every must be from %s to %s, for example 15s, but is %s"
                            .formatted(LEAST, MOST, readEvery));
        }
    }
}
