package io.nodeledger.query.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkloadSettingsTest {
    private static final String KEY = "nodeledger.workload.observation-timeout";

    @Test
    void the_default_is_the_one_that_is_documented() {
        assertThat(bound(Map.of())).hasToString("WorkloadSettings[observationTimeout=PT3M]");
    }

    @Test
    void what_would_make_every_node_unknown_is_refused_by_its_name() {
        assertThatThrownBy(() -> bound(Map.of(KEY, "999ms")))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(KEY + " must ");
    }

    private static WorkloadSettings bound(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given))
                .bindOrCreate("nodeledger.workload", WorkloadSettings.class);
    }
}
