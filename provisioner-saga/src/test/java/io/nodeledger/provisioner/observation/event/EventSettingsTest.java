package io.nodeledger.provisioner.observation.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT59M", "PT0S", "P-1D", "P3651D"})
    void a_time_that_would_forget_sooner_than_kubernetes_or_never_is_refused(Duration retention) {
        assertThatThrownBy(() -> new EventSettings(retention))
                .hasMessageContaining("nodeledger.events.retention must be between 1h and 3650d, for example 7d");
    }

    @Test
    void an_hour_will_do() {
        assertThat(new EventSettings(Duration.ofHours(1)).retention()).isEqualTo(Duration.ofHours(1));
    }
}
