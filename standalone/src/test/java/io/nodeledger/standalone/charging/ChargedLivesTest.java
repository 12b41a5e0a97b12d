package io.nodeledger.standalone.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is charged, read from the tables that the read side fills, is what every node's whole life comes to: also for days that
 * were missed, after events that were recorded days late, and from tables that were filled anew.
 */
class ChargedLivesTest {
    private static final LocalDate BEGIN = LocalDate.parse("2026-01-05");
    private static final int DAYS = 16;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyDaysChargeIsWhatAllLivesComeToAsTheyAreKnownThen(long seed) {
        var random = new Random(seed);
        var lives = new TreeMap<String, RecordedLife>();
        for (int i = 0; i < 12; i++) {
            String id = "node-%02d".formatted(i);
            lives.put(id, RecordedLife.random(id, "ws-1", BEGIN, DAYS, random));
        }
        var charged = new ArrayList<LocalDate>();
        try (var world = new ChargedLives()) {
            for (int i = 0; i < DAYS; i++) {
                // given
                LocalDate today = BEGIN.plusDays(i);
                recordDay(world, lives, today, random);
                if (random.nextInt(3) == 0) {
                    continue;
                }
                if (random.nextInt(5) == 0) {
                    world.rebuild();
                }

                // when
                var charges = world.chargedAt(start(today.plusDays(1)).plus(Duration.ofMinutes(10)));

                // then
                for (ChargeWorkspace charge : charges) {
                    charged.add(charge.day());
                    assertIsWhatLivesComeTo(charge, lives, today);
                }
            }
        }
        assertThat(charged).hasSizeGreaterThan(DAYS / 2).doesNotHaveDuplicates();
        assertThat(charged)
                .isEqualTo(charged.getFirst()
                        .datesUntil(charged.getLast().plusDays(1))
                        .toList());
    }

    private static void recordDay(ChargedLives world, Map<String, RecordedLife> lives, LocalDate day, Random random) {
        var events = lives.values().stream()
                .flatMap(life -> life.recordedOn(day).stream())
                .sorted(Comparator.comparing(NodeEvent::effectiveAt))
                .toList();
        int from = 0;
        while (from < events.size()) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(5));
            world.record(events.subList(from, to));
            from = to;
        }
    }

    private static void assertIsWhatLivesComeTo(
            ChargeWorkspace charge, Map<String, RecordedLife> lives, LocalDate known) {
        Instant since = start(charge.day());
        Instant until = start(charge.day().plusDays(1));
        BigDecimal accrued = BigDecimal.ZERO;
        var ofDay = new TreeMap<String, String>();
        for (var life : lives.entrySet()) {
            BigDecimal end = rateMillis(life.getValue().readingAt(until, known));
            BigDecimal begin = rateMillis(life.getValue().readingAt(since, known));
            accrued = accrued.add(end);
            if (end.compareTo(begin) > 0) {
                ofDay.put(life.getKey(), usd(end.subtract(begin)));
            }
        }
        assertThat(charge.accrued().toPlainString())
                .as("accrued by the end of %s", charge.day())
                .isEqualTo(usd(accrued));
        var costs = new TreeMap<String, String>();
        charge.costs().forEach((node, cost) -> costs.put(node, cost.toPlainString()));
        assertThat(costs).as("costs of %s", charge.day()).isEqualTo(ofDay);
    }

    private static BigDecimal rateMillis(@Nullable MeterReading reading) {
        return reading == null ? BigDecimal.ZERO : reading.rateMillis();
    }

    private static String usd(BigDecimal rateMillis) {
        BigDecimal usd = rateMillis.divide(BigDecimal.valueOf(3_600_000), 12, RoundingMode.HALF_UP);
        return usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
