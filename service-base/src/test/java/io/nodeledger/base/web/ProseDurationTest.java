package io.nodeledger.base.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProseDurationTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0m",
        "PT59S, 0m",
        "PT45M, 45m",
        "PT59M59.9S, 59m",
        "PT1H, 1h 0m",
        "PT2H30M, 2h 30m",
        "P1D, 1d 0h 0m",
        "P7DT12H45M, 7d 12h 45m",
        "P400DT5M, 400d 0h 5m",
    })
    void a_duration_is_written_as_the_contract_does(Duration duration, String expected) {
        assertThat(ProseDuration.of(duration)).isEqualTo(expected);
    }
}
