package io.nodeledger.events.metering;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.PlanTerms;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's meter: a pure fold of its events, which only ever adds points. A machine that vanished has been billed until
 * somebody noticed; then points are added that overrule what came after the last proof of its life. Of several points of
 * one moment the one that was added last counts.
 *
 * @param recent the last point until {@code provenAt} and all later ones, in the order of their moments, without those
 *     that were overruled; empty before the node was first ready
 * @param provenAt when the machine last certainly was there, null before the node was first ready
 */
public record Meter(List<MeterPoint> recent, @Nullable Instant provenAt) {
    /** Of a node that has never been ready. */
    public static final Meter NEW = new Meter(List.of(), null);

    public Meter {
        recent = List.copyOf(recent);
    }

    /**
     * What an event does to a meter.
     *
     * @param meter the meter after it
     * @param added the points that it added, in the order of their moments; mostly none
     */
    public record Step(Meter meter, List<MeterPoint> added) {}

    /**
     * The meter after an event of the node.
     *
     * @param terms what was agreed for the node
     * @param eventId the event's own id
     */
    public Step after(NodeEvent event, PlanTerms terms, String eventId) {
        if (event instanceof MachineVanished vanished) {
            return endedAtLifesLastProof(vanished.lastSeenAt(), eventId);
        }
        Metered now = recent.isEmpty() ? Metered.OFF : recent.getLast().metered();
        Metered next = Metered.after(event).orElse(now);
        var points = new ArrayList<>(recent);
        List<MeterPoint> added =
                next == now ? List.of() : List.of(point(event.effectiveAt(), next, next.rate(terms), eventId));
        points.addAll(added);
        return new Step(
                Metered.provesLife(event) ? proven(points, event.effectiveAt()) : new Meter(points, provenAt), added);
    }

    private MeterPoint point(Instant at, Metered metered, BigDecimal rate, String eventId) {
        MeterReading reading =
                recent.isEmpty() ? MeterReading.ZERO : recent.getLast().readingAt(at);
        return new MeterPoint(at, metered, rate, reading, eventId);
    }

    private Step endedAtLifesLastProof(Instant lastSeenAt, String eventId) {
        if (recent.isEmpty() || provenAt == null) {
            return new Step(this, List.of());
        }
        Instant end = lastSeenAt.isBefore(provenAt) ? provenAt : lastSeenAt;
        Meter until =
                proven(recent.stream().filter(point -> !point.at().isAfter(end)).toList(), end);
        MeterPoint last = until.point(end, Metered.OFF, BigDecimal.ZERO, eventId);
        var added = new ArrayList<MeterPoint>();
        if (until.recent.getLast().metered() != Metered.OFF) {
            added.add(last);
        }
        recent.stream()
                .filter(point -> point.at().isAfter(end))
                .forEach(overruled -> added.add(
                        new MeterPoint(overruled.at(), Metered.OFF, BigDecimal.ZERO, last.reading(), eventId)));
        var points = new ArrayList<>(until.recent);
        points.addAll(added);
        return new Step(proven(points, end), added);
    }

    private static Meter proven(List<MeterPoint> points, Instant at) {
        int first = 0;
        for (int i = 1; i < points.size(); i++) {
            if (!points.get(i).at().isAfter(at)) {
                first = i;
            }
        }
        return new Meter(points.subList(first, points.size()), at);
    }
}
