package io.nodeledger.query.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.query.cost.CostLines.Question;
import io.nodeledger.query.projection.StoredEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever happens to some nodes, in whatever batches it is read: every bill of every period, as known at any moment, is
 * what a calendar and a calculator say, to the cent, and its parts are its total.
 */
class BillProperties {
    private static final String WORKSPACE = "ws-1";
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);

    private static final BillDatabase DATABASE = new BillDatabase();

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void every_bill_is_what_a_calendar_says_and_its_parts_are_its_total(@ForAll long seed) {
        // given
        var random = new Random(seed);
        Map<String, List<NodeEvent>> lives = RandomLives.of(random, WORKSPACE);
        List<StoredEvent> log = RandomLives.log(lives, random);
        DATABASE.project(log, random);
        Instant now = RandomLives.momentIn(lives, random);
        Period period = List.copyOf(EnumSet.allOf(Period.class)).get(random.nextInt(3));
        Period.Span span = period.span(now);

        // when
        var bill = new Bill<>(DATABASE.costs().nodes(WORKSPACE, span, now));
        var lines = DATABASE.lines().all(new Question(WORKSPACE, period, null, now));

        // then
        var expected = new LinkedHashMap<String, BigDecimal>();
        lives.forEach((id, life) -> {
            BigDecimal cost = calendar(life, span, now);
            if (cost.signum() != 0) {
                expected.put(id, cost);
            }
        });
        assertThat(bill.items().stream()
                        .filter(node -> node.metered().rateMillis().signum() != 0)
                        .collect(Collectors.toMap(
                                NodeCost::nodeId,
                                node -> node.metered().rateMillis().stripTrailingZeros())))
                .isEqualTo(expected);
        BigDecimal total = expected.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(LargestRemainder.shown(bill.cents()))
                .isEqualByComparingTo(
                        total.divide(MILLIS_PER_HOUR, 40, RoundingMode.HALF_UP).setScale(2, RoundingMode.HALF_UP));
        assertThat(bill.shares().stream().mapToLong(Bill.Part::cents).sum()).isEqualTo(bill.cents());
        assertThat(bill.by(NodeCost::planId).stream()
                        .mapToLong(Bill.Part::cents)
                        .sum())
                .isEqualTo(bill.cents());
        assertThat(bill.by(NodeCost::region).stream()
                        .mapToLong(Bill.Part::cents)
                        .sum())
                .isEqualTo(bill.cents());
        assertThat(DATABASE.costs().rateMillis(WORKSPACE, span, now))
                .isEqualByComparingTo(bill.metered().rateMillis());
        for (var part : bill.shares()) {
            var own = lines.stream()
                    .filter(line -> line.nodeId().equals(part.key().nodeId()))
                    .toList();
            assertThat(own.stream().map(CostLine::cost).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(LargestRemainder.shown(part.cents()));
            assertThat(own.stream().map(CostLine::seconds).reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(seconds(part.key().metered()));
        }
        assertThat(lines).allSatisfy(line -> assertThat(line.eventIds()).hasSizeBetween(1, 2));
    }

    @Property(tries = 200)
    void shares_sum_to_their_total_and_none_is_a_cent_off(@ForAll("amounts") List<Long> amounts) {
        var parts = amounts.stream()
                .map(amount -> new MeterReading(BigDecimal.valueOf(amount, 4), 0, 0))
                .toList();
        long total = LargestRemainder.cents(parts.stream().reduce(MeterReading.ZERO, MeterReading::and));

        long[] shares = LargestRemainder.shares(total, parts);

        assertThat(Arrays.stream(shares).sum()).isEqualTo(total);
        for (int i = 0; i < shares.length; i++) {
            BigDecimal exact = parts.get(i).cost();
            assertThat(LargestRemainder.shown(shares[i]).subtract(exact).abs()).isLessThan(new BigDecimal("0.01"));
        }
    }

    @Provide
    Arbitrary<List<Long>> amounts() {
        return Arbitraries.longs()
                .between(0, 2_000_000_000L)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    private static BigDecimal calendar(List<NodeEvent> life, Period.Span span, Instant now) {
        var begun = (NodeProvisioningStarted) life.getFirst();
        var known =
                life.stream().filter(event -> !event.effectiveAt().isAfter(now)).toList();
        return PaintedTime.of(known).rateMillis(span, begun.terms()).stripTrailingZeros();
    }

    private static BigDecimal seconds(MeterReading metered) {
        return BigDecimal.valueOf(metered.runningMillis() + metered.stoppedMillis(), 3);
    }
}
