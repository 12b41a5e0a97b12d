package io.nodeledger.provisioner.region;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Counts and times calls to providers: {@code nodeledger.provider.calls}, by provider, region, operation and outcome. */
public final class ProviderMeters {
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry meters;

    public ProviderMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Times the calls to one region's provider. */
    public CallTimer of(String provider, String region) {
        return (operation, outcome, time) -> Timer.builder("nodeledger.provider.calls")
                .description("Calls to providers, by operation and outcome, and how long they took")
                .tag("provider", provider)
                .tag("region", region)
                .tag("operation", operation)
                .tag("outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(time);
    }
}
