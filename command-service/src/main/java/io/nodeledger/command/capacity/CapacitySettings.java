package io.nodeledger.command.capacity;

import io.nodeledger.base.settings.SettingChecks;
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
        var checks = new SettingChecks("nodeledger.capacity");
        checks.positive("refresh", refresh, "for example 5s");
        checks.positive("trusted", trusted, "for example 2m");
        checks.positive("retry-after", retryAfter, "for example 15m");
    }
}
