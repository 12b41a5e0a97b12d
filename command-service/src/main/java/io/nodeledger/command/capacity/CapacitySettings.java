package io.nodeledger.command.capacity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How free capacity is watched, {@code nodeledger.capacity.*}.
 *
 * @param refresh how often samples, running deletions and the stock's use are read
 * @param trusted how old a sample may be to count
 * @param retryAfter when a full region may have room again, as told to callers while no deletion is about to make some
 */
@ConfigurationProperties("nodeledger.capacity")
public record CapacitySettings(
        @DefaultValue("5s") Duration refresh,
        @DefaultValue("2m") Duration trusted,
        @DefaultValue("15m") Duration retryAfter) {

    public CapacitySettings {
        requirePositive("refresh", refresh, "5s");
        requirePositive("trusted", trusted, "2m");
        requirePositive("retry-after", retryAfter, "15m");
    }

    private static void requirePositive(String name, Duration value, String example) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("nodeledger.capacity.%s must be positive, for example %s, but is %s"
                    .formatted(name, example, value));
        }
    }
}
