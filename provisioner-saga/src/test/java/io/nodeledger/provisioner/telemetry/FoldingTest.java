package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.GIB;
import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.nodeId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nodeledger.provisioner.region.RegionTurns;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoldingTest {
    private static final Duration UNFINISHED = Duration.ofMinutes(2);

    private final TelemetryDatabase database = new TelemetryDatabase(NOON);
    private final RegionTurns turns = database.turns("one");

    @BeforeEach
    void begin() {
        database.folding.begin(NOON);
        turns.claim("r", Duration.ofMinutes(10));
    }

    /** At uneven times, with holes, and with a part of the details missing, as it is in real life. */
    @Test
    void averagesAndPeaksOfAllWidthsAreThoseOfTheSamples() {
        var random = new Random(2026);
        var cpu = new TreeMap<Instant, Double>();
        for (Instant at = NOON;
                at.isBefore(NOON.plus(Duration.ofMinutes(125)));
                at = at.plusMillis(5_000 + random.nextInt(40_000))) {
            if (random.nextInt(10) == 0) {
                at = at.plus(Duration.ofMinutes(random.nextInt(9)));
            }
            cpu.put(at, random.nextDouble());
            write(at, List.of(sample(at, cpu.get(at))));
            if (random.nextInt(3) == 0) {
                database.folding.fold(at);
            }
        }
        database.folding.fold(cpu.lastKey().plus(UNFINISHED).plus(Duration.ofHours(1)));

        for (var series : List.of(Series.MINUTE, Series.QUARTER, Series.HOUR)) {
            assertThat(averages(series)).as("%s", series).satisfies(rows -> {
                var expected = new TreeMap<Instant, DoubleSummaryStatistics>();
                cpu.forEach((at, value) -> expected.computeIfAbsent(
                                Series.floor(at, series.step()), _ -> new DoubleSummaryStatistics())
                        .accept(value));
                assertThat(rows.keySet()).isEqualTo(expected.keySet());
                rows.forEach((at, row) -> {
                    var statistics = Objects.requireNonNull(expected.get(at));
                    assertThat(number(row, "samples")).isEqualTo((double) statistics.getCount());
                    assertThat(number(row, "cpu")).isCloseTo(statistics.getAverage(), within(1e-5));
                    assertThat(number(row, "cpu_peak")).isCloseTo(statistics.getMax(), within(1e-5));
                });
            });
        }
    }

    @Test
    void aMinuteIsFoldedOnceAllItsSamplesAreThereAndNotAgain() {
        write(NOON.plusSeconds(10), List.of(sample(NOON.plusSeconds(10), 0.2)));

        database.folding.fold(NOON.plusSeconds(99));
        assertThat(averages(Series.MINUTE)).as("a late one might come").isEmpty();
        database.folding.fold(NOON.plusSeconds(100));
        database.folding.fold(NOON.plusSeconds(100));

        assertThat(averages(Series.MINUTE)).hasSize(1);
    }

    @Test
    void aLongTimeWithoutSamplesIsPassedOver() {
        write(NOON, List.of(sample(NOON, 0.2)));
        Instant later = NOON.plus(Duration.ofDays(400));
        write(later, List.of(sample(later, 0.4)));

        database.folding.fold(later.plus(Duration.ofHours(2)));

        assertThat(averages(Series.HOUR).keySet()).containsExactly(NOON, later);
    }

    @Test
    void whatIsNotKeptGoesWithItsPartitionOnceItHasBeenFolded() {
        for (int hour = 0; hour < 5; hour++) {
            Instant at = NOON.plus(Duration.ofHours(hour));
            write(at, List.of(sample(at, 0.2)));
        }
        Instant now = NOON.plus(Duration.ofHours(5));

        database.partitions.drop(now, database.folding.folded());
        assertThat(samples()).as("nothing has been folded").isEqualTo(5);
        database.folding.fold(now);
        database.partitions.drop(now, database.folding.folded());

        assertThat(samples()).as("two hours, and the one that they began in").isEqualTo(2);
        assertThat(averages(Series.MINUTE)).hasSize(5);
    }

    private int samples() {
        return database.rows("select 1 from provisioner.telemetry_sample").size();
    }

    private Map<Instant, Map<String, Object>> averages(Series series) {
        var rows = new TreeMap<Instant, Map<String, Object>>();
        database.rows("select * from provisioner." + series.table())
                .forEach(row -> rows.put(((Timestamp) Objects.requireNonNull(row.get("began_at"))).toInstant(), row));
        return rows;
    }

    private static double number(Map<String, Object> row, String column) {
        return ((Number) Objects.requireNonNull(row.get(column))).doubleValue();
    }

    private void write(Instant at, List<Sample> samples) {
        database.now = at;
        assertThat(database.table(turns).write("r", new ArrayList<>(samples))).isTrue();
    }

    private static Sample sample(Instant at, double cpu) {
        return new Sample(nodeId(1), at, 4, cpu, 2 * GIB, 8 * GIB, true, 100.0, 50.0, null);
    }
}
