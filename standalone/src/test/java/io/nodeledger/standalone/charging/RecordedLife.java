package io.nodeledger.standalone.charging;

import io.nodeledger.events.metering.Meter;
import io.nodeledger.events.metering.MeterPoint;
import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The life of a node as it happened, and the days on which its events were recorded, which may be later ones. */
final class RecordedLife {
    private static final KubernetesFacts FACTS =
            new KubernetesFacts("n", "uid", Map.of(), Map.of(), "k", "o", "c", "v");
    private static final List<String> RATES = List.of("0.12", "0.0777", "1.0000001");

    /** An event with the day on which it was recorded. */
    record Recorded(LocalDate day, NodeEvent event) {}

    private final PlanTerms terms;
    private final List<Recorded> events = new ArrayList<>();

    private RecordedLife(PlanTerms terms) {
        this.terms = terms;
    }

    /** A life that begins within the first days and has ended, for now or for good, at any time. */
    static RecordedLife random(String id, String workspace, LocalDate begin, int days, Random random) {
        var specs = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
        var life = new RecordedLife(new PlanTerms(
                "plan-a",
                new BigDecimal(RATES.get(random.nextInt(RATES.size()))),
                random.nextBoolean() ? BigDecimal.ZERO : new BigDecimal("0.0333"),
                specs));
        Instant at = begin.atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plusMillis(random.nextLong(Duration.ofDays(days).toMillis() / 2));
        life.add(life.asked(id, workspace, at), random);
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            at = at.plusMillis(random.nextLong(Duration.ofHours(40).toMillis()));
            life.add(event(id, workspace, i == 0 ? 0 : random.nextInt(8), midnightOr(at, random), random), random);
            at = life.events.getLast().event().effectiveAt();
        }
        return life;
    }

    List<NodeEvent> recordedOn(LocalDate day) {
        return events.stream()
                .filter(each -> each.day().equals(day))
                .map(Recorded::event)
                .toList();
    }

    /** The meter's reading at a moment, by what is recorded by the end of a day; null before the node was ready. */
    @Nullable
    MeterReading readingAt(Instant moment, LocalDate known) {
        MeterPoint last = null;
        for (MeterPoint point : points(known)) {
            boolean counts = !point.at().isAfter(moment);
            if (counts && (last == null || !point.at().isBefore(last.at()))) {
                last = point;
            }
        }
        return last == null ? null : last.readingAt(moment);
    }

    /** All points in the order in which they were added. */
    private List<MeterPoint> points(LocalDate known) {
        Meter meter = Meter.NEW;
        var points = new ArrayList<MeterPoint>();
        for (Recorded each : events) {
            if (!each.day().isAfter(known)) {
                var step = meter.after(each.event(), terms, "evt");
                meter = step.meter();
                points.addAll(step.added());
            }
        }
        return points;
    }

    private void add(NodeEvent event, Random random) {
        LocalDate day = LocalDate.ofInstant(event.effectiveAt(), ZoneOffset.UTC);
        LocalDate recorded = random.nextInt(4) == 0 ? day.plusDays(random.nextInt(3)) : day;
        LocalDate last = events.isEmpty() ? recorded : events.getLast().day();
        events.add(new Recorded(recorded.isBefore(last) ? last : recorded, event));
    }

    /** Ends on a day's very end are where a sum is easily a day off. */
    private static Instant midnightOr(Instant at, Random random) {
        return random.nextInt(5) == 0
                ? LocalDate.ofInstant(at, ZoneOffset.UTC)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                : at;
    }

    private NodeEvent asked(String id, String workspace, Instant at) {
        return new NodeProvisioningStarted(
                id,
                workspace,
                "task-1",
                "web",
                "us-west-2",
                "proxmox",
                terms,
                Map.of(),
                List.of(),
                BigDecimal.TEN,
                at,
                at);
    }

    private static NodeEvent event(String id, String ws, int kind, Instant at, Random random) {
        return switch (kind) {
            case 0, 1 -> new NodeProvisioningCompleted(id, ws, "task-1", FACTS, at);
            case 2 -> new NodeStopped(id, ws, "op", at);
            case 3 -> new NodeStarted(id, ws, "op", at);
            case 4 -> new MachineFoundOff(id, ws, 100, "pve", at);
            case 5 ->
                new MachineVanished(
                        id,
                        ws,
                        100,
                        "pve",
                        at.minusMillis(random.nextLong(Duration.ofDays(2).toMillis())),
                        at);
            case 6 -> new NodeNeedsAttention(id, ws, "op", Step.DESTROY, "CODE", "why", at);
            default -> new NodeDeleted(id, ws, "task", "web", at);
        };
    }
}
