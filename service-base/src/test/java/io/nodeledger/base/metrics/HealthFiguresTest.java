package io.nodeledger.base.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;

class HealthFiguresTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void aComponentThatIsDownIsZeroUntilItIsBack() {
        var kafka = new AtomicReference<>(Health.down().build());
        HealthIndicator changing = kafka::get;
        HealthIndicator well = () -> Health.up().build();
        HealthIndicator notLookedAt = () -> Health.unknown().build();
        var all = CompositeHealthContributor.fromMap(Map.<String, HealthContributor>of(
                "kafka", changing,
                "proxmox", notLookedAt,
                "db", CompositeHealthContributor.fromMap(Map.of("crowd", well))));
        var figures = new HealthFigures(() -> all, meters);

        figures.read();
        assertThat(value("kafka")).isZero();
        assertThat(value("proxmox")).isEqualTo(1);
        assertThat(value("db/crowd")).isEqualTo(1);

        kafka.set(Health.up().build());
        figures.read();
        assertThat(value("kafka")).isEqualTo(1);
    }

    private double value(String component) {
        return meters.get("nodeledger.health")
                .tag("component", component)
                .gauge()
                .value();
    }
}
