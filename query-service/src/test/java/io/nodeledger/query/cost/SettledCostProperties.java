package io.nodeledger.query.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.query.cost.BillDatabase.Settled;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Whatever happens to some nodes, in whatever batches it is read, also when a node is billed again or turns out to have cost
 * less: what is settled of a workspace is the cost of its nodes that are billed no longer.
 */
class SettledCostProperties {
    private static final Period.Span ALWAYS =
            new Period.Span(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2030-01-01T00:00:00Z"));
    private static final BillDatabase DATABASE = new BillDatabase();

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void what_is_settled_is_the_cost_of_nodes_that_are_billed_no_longer(@ForAll long seed) {
        var random = new Random(seed);
        var lives = RandomLives.of(random, "ws-1");
        var log = RandomLives.log(lives, random);

        DATABASE.project(log, random);
        Optional<Settled> settled = DATABASE.settled();
        DATABASE.project(log, new Random(seed + 1));

        assertThat(DATABASE.settled()).as("read in other batches").isEqualTo(settled);
        assertThat(settled.map(Settled::firstReadyAt))
                .isEqualTo(lives.values().stream()
                        .flatMap(SettledCostProperties::firstReady)
                        .min(Comparator.naturalOrder()));
        assertThat(settled.map(it -> new BigDecimal(it.rateMillis())).orElse(BigDecimal.ZERO))
                .isEqualByComparingTo(lives.values().stream()
                        .map(SettledCostProperties::costIfEnded)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    private static Stream<Instant> firstReady(List<NodeEvent> life) {
        return life.stream()
                .filter(event -> Metered.after(event)
                        .filter(metered -> metered != Metered.OFF)
                        .isPresent())
                .map(NodeEvent::effectiveAt)
                .limit(1);
    }

    private static BigDecimal costIfEnded(List<NodeEvent> life) {
        var time = PaintedTime.of(life);
        var begun = (NodeProvisioningStarted) life.getFirst();
        return time.hasEnded() ? time.rateMillis(ALWAYS, begun.terms()) : BigDecimal.ZERO;
    }
}
