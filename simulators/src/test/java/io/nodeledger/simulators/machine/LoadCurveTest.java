package io.nodeledger.simulators.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoadCurveTest {
    private static final long GIB = 1L << 30;
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    @Test
    void the_same_machine_at_the_same_moment_has_the_same_load() {
        assertThat(LoadCurve.of(101, 4, 8 * GIB, 40 * GIB).at(NOW))
                .isEqualTo(LoadCurve.of(101, 4, 8 * GIB, 40 * GIB).at(NOW));
        assertThat(LoadCurve.of(101, 4, 8 * GIB, 40 * GIB).at(NOW))
                .isNotEqualTo(LoadCurve.of(102, 4, 8 * GIB, 40 * GIB).at(NOW));
    }

    @Test
    void load_stays_within_the_hardware_and_moves_with_time() {
        LoadCurve curve = LoadCurve.of(101, 4, 8 * GIB, 40 * GIB);
        for (int minute = 0; minute < 3_000; minute++) {
            Load load = curve.at(NOW.plusSeconds(60L * minute));
            assertThat(load.cpuFraction()).isBetween(0.0, 1.0);
            assertThat(load.memoryBytes()).isBetween(1L, 8 * GIB);
            assertThat(load.netInBytes()).isPositive();
            assertThat(load.iops()).isPositive();
            assertThat(curve.diskUsedAt(NOW.plusSeconds(60L * minute))).isBetween(1L, 40 * GIB);
        }
        assertThat(curve.at(NOW).cpuFraction())
                .isNotEqualTo(curve.at(NOW.plusSeconds(20)).cpuFraction());
    }

    @Test
    void counters_agree_with_rates() {
        LoadCurve curve = LoadCurve.of(101, 4, 8 * GIB, 40 * GIB);
        Instant soon = NOW.plus(Duration.ofSeconds(1));
        LoadTotals gained = curve.totals(NOW, soon);
        assertThat((double) gained.netInBytes())
                .isCloseTo(curve.at(NOW).netInBytes(), within(curve.at(NOW).netInBytes() * 0.05));
        LoadTotals hour = curve.totals(NOW, NOW.plusSeconds(3_600));
        LoadTotals first = curve.totals(NOW, NOW.plusSeconds(1_000));
        LoadTotals rest = curve.totals(NOW.plusSeconds(1_000), NOW.plusSeconds(3_600));
        assertThat(hour.diskWriteBytes()).isCloseTo(first.diskWriteBytes() + rest.diskWriteBytes(), within(64L));
    }
}
