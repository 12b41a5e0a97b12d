package io.nodeledger.events.metering;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever happens to a node in whatever order, its meter says what a clock says that looks at every millisecond. */
class MeterProperties {
    private static final Instant BEGIN = Instant.parse("2024-02-28T23:59:59.800Z");
    private static final int MILLIS = 400;
    private static final PlanTerms TERMS = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.0175"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    @Property(tries = 3000)
    void the_meter_agrees_with_a_clock_that_looks_at_every_millisecond(
            @ForAll("lives") List<NodeEvent> events, @ForAll("moments") int one, @ForAll("moments") int other) {
        var points = new ArrayList<MeterPoint>();
        var meter = Meter.NEW;
        for (int i = 0; i < events.size(); i++) {
            var step = meter.after(events.get(i), TERMS, "evt-" + i);
            meter = step.meter();
            points.addAll(step.added());
        }
        var clock = new BruteForceClock(BEGIN, MILLIS).run(events);

        int from = Math.min(one, other);
        int to = Math.max(one, other);
        MeterReading metered = reading(points, to).since(reading(points, from));
        assertThat(metered.rateMillis()).isEqualByComparingTo(clock.rateMillis(from, to, TERMS));
        assertThat(metered.runningMillis()).isEqualTo(clock.millis(Metered.RUNNING, from, to));
        assertThat(metered.stoppedMillis()).isEqualTo(clock.millis(Metered.STOPPED, from, to));
    }

    /** Of the points of the last moment until then, the one that was added last counts. */
    private static MeterReading reading(List<MeterPoint> points, int millis) {
        Instant moment = BEGIN.plusMillis(millis);
        return points.stream()
                .filter(point -> !point.at().isAfter(moment))
                .reduce((one, next) -> next.at().isBefore(one.at()) ? one : next)
                .map(point -> point.readingAt(moment))
                .orElse(MeterReading.ZERO);
    }

    @Provide
    Arbitrary<Integer> moments() {
        return Arbitraries.integers().between(0, MILLIS);
    }

    @Provide
    Arbitrary<List<NodeEvent>> lives() {
        return Lives.within(BEGIN, MILLIS);
    }
}
