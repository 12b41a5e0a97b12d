package io.nodeledger.query.cost;

import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.PlanTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A node's time, painted over from each event on, as a person with a calendar would: no readings, no differences. */
final class PaintedTime {
    private final TreeMap<Instant, Metered> from = new TreeMap<>(Map.of(Instant.MIN, Metered.OFF));
    private Instant proven = Instant.MAX;

    static PaintedTime of(List<NodeEvent> events) {
        var time = new PaintedTime();
        events.forEach(time::happen);
        return time;
    }

    private void happen(NodeEvent event) {
        if (event instanceof MachineVanished vanished) {
            if (!proven.equals(Instant.MAX)) {
                proven = vanished.lastSeenAt().isAfter(proven) ? vanished.lastSeenAt() : proven;
                paint(proven, Metered.OFF);
            }
            return;
        }
        if (Metered.provesLife(event)) {
            proven = event.effectiveAt();
        }
        Metered.after(event).ifPresent(metered -> paint(event.effectiveAt(), metered));
    }

    private void paint(Instant moment, Metered metered) {
        from.tailMap(moment, true).clear();
        from.put(moment, metered);
    }

    /** Whether it is billed no longer. */
    boolean hasEnded() {
        return from.lastEntry().getValue() == Metered.OFF;
    }

    /** USD per hour times milliseconds within a span. */
    BigDecimal rateMillis(Period.Span span, PlanTerms terms) {
        BigDecimal sum = BigDecimal.ZERO;
        for (var piece : from.entrySet()) {
            Instant next = from.higherKey(piece.getKey());
            Instant begin = piece.getKey().isBefore(span.from()) ? span.from() : piece.getKey();
            Instant end = next == null || next.isAfter(span.to()) ? span.to() : next;
            if (begin.isBefore(end)) {
                long millis = Duration.between(begin, end).toMillis();
                sum = sum.add(piece.getValue().rate(terms).multiply(BigDecimal.valueOf(millis)));
            }
        }
        return sum;
    }
}
