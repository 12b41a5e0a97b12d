package io.nodeledger.base.settings;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingChecksTest {
    private final SettingChecks checks = new SettingChecks("nodeledger.bicycle");

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-0.001S"})
    void a_time_that_does_not_pass_is_refused_with_its_name_and_how_to_mend_it(Duration value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checks.positive("pause", value, "for example 5s"))
                .withMessage("nodeledger.bicycle.pause must be positive, for example 5s, but is " + value);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void a_number_that_counts_nothing_is_refused_too(long value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checks.positive("wheels", value, "for example 2"))
                .withMessage("nodeledger.bicycle.wheels must be positive, for example 2, but is " + value);
    }

    @Test
    void what_is_positive_is_taken() {
        assertThatNoException().isThrownBy(() -> {
            checks.positive("wheels", 1, "for example 2");
            checks.positive("pause", Duration.ofNanos(1), "for example 5s");
        });
    }
}
