package io.nodeledger.events.metering;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.PlanTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Says of every single millisecond as what a node is billed in it, by writing over what it said before. */
final class BruteForceClock {
    private final Instant begin;
    private final Metered[] billed;
    private int proven = -1;

    BruteForceClock(Instant begin, int millis) {
        this.begin = begin;
        this.billed = new Metered[millis];
        Arrays.fill(billed, Metered.OFF);
    }

    BruteForceClock run(List<NodeEvent> events) {
        events.forEach(this::happen);
        return this;
    }

    private void happen(NodeEvent event) {
        if (event instanceof MachineVanished vanished) {
            if (proven >= 0) {
                proven = Math.max(proven, millis(vanished.lastSeenAt()));
                fill(proven, Metered.OFF);
            }
            return;
        }
        if (Metered.provesLife(event)) {
            proven = millis(event.effectiveAt());
        }
        Metered.after(event).ifPresent(metered -> fill(millis(event.effectiveAt()), metered));
    }

    private void fill(int from, Metered metered) {
        Arrays.fill(billed, Math.min(from, billed.length), billed.length, metered);
    }

    private int millis(Instant moment) {
        return (int) Duration.between(begin, moment).toMillis();
    }

    /** USD per hour times milliseconds between two of them. */
    BigDecimal rateMillis(int from, int to, PlanTerms terms) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = from; i < to; i++) {
            sum = sum.add(billed[i].rate(terms));
        }
        return sum;
    }

    long millis(Metered metered, int from, int to) {
        return Arrays.stream(billed, from, to).filter(metered::equals).count();
    }
}
