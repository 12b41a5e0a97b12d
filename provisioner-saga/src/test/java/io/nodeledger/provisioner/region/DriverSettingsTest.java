package io.nodeledger.provisioner.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.settings.ThresholdSettings;
import io.nodeledger.provisioner.activity.ActivitySettings;
import io.nodeledger.provisioner.incident.HealthCheckSettings;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.provisioner.observation.ObservationSettings;
import io.nodeledger.provisioner.proxmox.placement.PlacementSettings;
import io.nodeledger.provisioner.telemetry.TelemetrySettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings that would do harm are refused at the start, by their name. */
class DriverSettingsTest {
    private static final List<Class<?>> SETTINGS = List.of(
            ActivitySettings.class,
            DrainSettings.class,
            PlacementSettings.class,
            ObservationSettings.class,
            TelemetrySettings.class,
            HealthCheckSettings.class,
            ThresholdSettings.class);

    @Test
    void the_defaults_are_accepted() {
        assertThat(SETTINGS.stream().map(type -> bound(type, Map.of())))
                .hasSize(SETTINGS.size())
                .doesNotContainNull();
    }

    @ParameterizedTest
    @CsvSource({
        "nodeledger.activities.concurrency, 0",
        "nodeledger.activities.per-processor, 0",
        "nodeledger.activities.polling-interval, 0ms",
        "nodeledger.activities.heartbeat, 1s",
        "nodeledger.activities.heartbeat, -5s",
        "nodeledger.activities.shutdown-wait, -1s",
        "nodeledger.drain.eviction-retry, 0s",
        "nodeledger.drain.parallel-evictions, 0",
        "nodeledger.drain.round, -1s",
        "nodeledger.drain.round, 1m",
        "nodeledger.placement.cpu-overcommit, 0",
        "nodeledger.placement.cpu-overcommit, NaN",
        "nodeledger.placement.memory-reserve-gb, -1",
        "nodeledger.placement.sample-every, 0s",
        "nodeledger.kubernetes.observation-interval, 0s",
        "nodeledger.kubernetes.observation-interval, 2h",
        "nodeledger.telemetry.sample-interval, 10ms",
        "nodeledger.telemetry.detail-interval, 2h",
        "nodeledger.telemetry.parallel-details, 0",
        "nodeledger.telemetry.keep-samples, 1h",
        "nodeledger.telemetry.keep-minutes, 24h",
        "nodeledger.telemetry.keep-quarters, 1d",
        "nodeledger.telemetry.keep-hours, 7d",
        "nodeledger.health.check-interval, 1ms",
        "nodeledger.thresholds.cpu.percentage, 101",
        "nodeledger.thresholds.memory.percentage, 0",
        "nodeledger.thresholds.storage.during, -1s",
        "nodeledger.thresholds.clear-below, -1",
    })
    void what_would_do_harm_is_refused_by_its_name(String key, String value) {
        Class<?> type = SETTINGS.stream()
                .filter(candidate -> key.startsWith(prefix(candidate) + "."))
                .findFirst()
                .orElseThrow();

        assertThatThrownBy(() -> bound(type, Map.of(key, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must ");
    }

    private static Object bound(Class<?> type, Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate(prefix(type), type);
    }

    private static String prefix(Class<?> type) {
        return type.getAnnotation(ConfigurationProperties.class).value();
    }
}
