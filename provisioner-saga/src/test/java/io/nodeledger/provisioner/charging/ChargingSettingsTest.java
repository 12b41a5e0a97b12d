package io.nodeledger.provisioner.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.workspace.AfterGrace;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ChargingSettingsTest {
    @Test
    void byDefaultNodesGoOnAfterThreeDays() {
        ChargingSettings settings = bound(Map.of());

        assertThat(settings.grace()).isEqualTo(Duration.ofDays(3));
        assertThat(settings.afterGrace()).isEqualTo(AfterGrace.KEEP);
    }

    @Test
    void thePolicyIsAWordOfTheApi() {
        assertThat(bound(Map.of("nodeledger.credits.after-grace", "stop")).afterGrace())
                .isEqualTo(AfterGrace.STOP);
    }

    @Test
    void aTimeThatMakesNoSenseIsRefusedWithOneThatDoes() {
        assertThatThrownBy(() -> bound(Map.of("nodeledger.credits.charge-after", "13h")))
                .rootCause()
                .hasMessage(
                        "nodeledger.credits.charge-after must be from PT0S to PT12H, for example 10m, but is PT13H");
    }

    private static ChargingSettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("nodeledger.credits", ChargingSettings.class);
    }
}
