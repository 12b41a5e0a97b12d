package io.nodeledger.base.idempotency;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long answers are kept, {@code nodeledger.idempotency.*}.
 *
 * @param keptFor at least the 24 hours that callers are promised
 * @param purgeEvery pause between two removals of older ones
 */
@ConfigurationProperties("nodeledger.idempotency")
public record IdempotencySettings(
        @DefaultValue("48h") Duration keptFor,
        @DefaultValue("10m") Duration purgeEvery) {
    private static final Duration PROMISED = Duration.ofHours(24);

    public IdempotencySettings {
        if (keptFor.compareTo(PROMISED) < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.idempotency.kept-for must be at least 24h, which callers are promised, but is "
                            + keptFor);
        }
        new SettingChecks("nodeledger.idempotency").positive("purge-every", purgeEvery, "for example 10m");
    }
}
