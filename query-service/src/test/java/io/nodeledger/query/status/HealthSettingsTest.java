package io.nodeledger.query.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HealthSettingsTest {
    @Test
    void the_defaults_are_those_that_are_documented() {
        assertThat(bound(Map.of())).hasToString("HealthSettings[heartbeatTimeout=PT40S, observationTimeout=PT1M]");
    }

    @ParameterizedTest
    @CsvSource({
        "nodeledger.health.heartbeat-timeout, 0s",
        "nodeledger.health.heartbeat-timeout, -40s",
        "nodeledger.health.observation-timeout, 999ms",
    })
    void what_would_make_every_node_sick_is_refused_by_its_name(String key, String value) {
        assertThatThrownBy(() -> bound(Map.of(key, value)))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + " must ");
    }

    private static HealthSettings bound(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("nodeledger.health", HealthSettings.class);
    }
}
