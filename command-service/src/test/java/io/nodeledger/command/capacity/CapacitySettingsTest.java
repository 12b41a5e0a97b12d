package io.nodeledger.command.capacity;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacitySettingsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void durations_that_are_not_positive_are_refused_by_name_with_an_example() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CapacitySettings(Duration.ZERO, MINUTE, MINUTE))
                .withMessageContaining("nodeledger.capacity.refresh must be positive, for example 5s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CapacitySettings(MINUTE, MINUTE, MINUTE.negated()))
                .withMessageContaining("nodeledger.capacity.retry-after must be positive, for example 15m");
    }
}
