package io.nodeledger.query.cost.meter;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.metering.Meter;
import io.nodeledger.events.metering.MeterPoint;
import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.query.projection.Table;
import io.nodeledger.query.projection.Table.Column;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node with its meter; it stays after the node's deletion, as bills do.
 *
 * @param firstReadyAt when it was first billed, null before
 * @param changedAt time of the last event that changed the meter, null before there was one
 * @param settledAt when it was known that it is billed no longer, null while it is; what it cost may have ended earlier
 */
record MeteredNode(
        String id,
        String workspaceId,
        String name,
        String region,
        PlanTerms terms,
        Meter meter,
        MonthReadings months,
        @Nullable Instant firstReadyAt,
        @Nullable Instant changedAt,
        @Nullable Instant settledAt) {

    static final Table<MeteredNode> TABLE = new Table<>("metered_nodes", MeteredNode.class, columns());

    /** What it has cost, as USD per hour times milliseconds, once it is billed no longer; zero while it is. */
    BigDecimal settledRateMillis() {
        return settledAt == null
                ? BigDecimal.ZERO
                : meter.recent().getLast().reading().rateMillis();
    }

    private static List<Column<MeteredNode>> columns() {
        var columns = new ArrayList<Column<MeteredNode>>();
        columns.add(column("id", "text", MeteredNode::id));
        columns.add(column("workspace_id", "text", MeteredNode::workspaceId));
        columns.add(column("name", "text", MeteredNode::name));
        columns.add(column("region", "text", MeteredNode::region));
        columns.add(column("plan_id", "text", node -> node.terms().planId()));
        columns.add(column(
                "hourly_rate", "numeric", node -> node.terms().hourlyRate().toPlainString()));
        columns.add(column("first_ready_at", "timestamptz", MeteredNode::firstReadyAt));
        columns.add(column("settled_at", "timestamptz", MeteredNode::settledAt));
        columns.add(column(
                "settled_rate_millis",
                "numeric",
                node -> node.settledRateMillis().stripTrailingZeros().toPlainString()));
        columns.add(column("last_known", "bigint", node -> millis(node.changedAt())));
        columns.add(column(
                "last_at", "bigint", node -> ofLast(node, last -> last.at().toEpochMilli())));
        columns.add(column(
                "last_metered",
                "text",
                node -> ofLast(node, last -> last.metered().word())));
        columns.add(column("last_rate", "numeric", node -> ofLast(node, MeterPoint::rate)));
        reading(columns, "last", node -> ofLast(node, MeterPoint::reading));
        columns.add(column("month_start", "bigint", node -> millis(node.months().month())));
        reading(columns, "month", node -> node.months().atMonth());
        columns.add(
                column("before_start", "bigint", node -> millis(node.months().monthBefore())));
        reading(columns, "before", node -> node.months().atMonthBefore());
        return List.copyOf(columns);
    }

    private static void reading(
            List<Column<MeteredNode>> columns, String prefix, Function<MeteredNode, @Nullable MeterReading> reading) {
        columns.add(column(prefix + "_rate_millis", "numeric", node -> of(reading, node, MeterReading::rateMillis)));
        columns.add(
                column(prefix + "_running_millis", "bigint", node -> of(reading, node, MeterReading::runningMillis)));
        columns.add(
                column(prefix + "_stopped_millis", "bigint", node -> of(reading, node, MeterReading::stoppedMillis)));
    }

    private static @Nullable Object of(
            Function<MeteredNode, @Nullable MeterReading> reading,
            MeteredNode node,
            Function<MeterReading, Object> part) {
        MeterReading known = reading.apply(node);
        return known == null ? null : part.apply(known);
    }

    private static <T> @Nullable T ofLast(MeteredNode node, Function<MeterPoint, T> part) {
        var points = node.meter().recent();
        return points.isEmpty() ? null : part.apply(points.getLast());
    }

    private static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    /** The node after an event of that time. */
    MeteredNode with(Meter.Step step, Instant at) {
        var points = step.meter().recent();
        boolean off = !points.isEmpty() && points.getLast().metered() == Metered.OFF;
        return new MeteredNode(
                id,
                workspaceId,
                name,
                region,
                terms,
                step.meter(),
                step.added().isEmpty() ? months : monthsAfter(step.added().getFirst(), at),
                firstReadyAt == null && !points.isEmpty() ? at : firstReadyAt,
                step.added().isEmpty() ? changedAt : at,
                off ? (settledAt == null ? at : settledAt) : null);
    }

    /** @param first what the event added; earlier than the event only when it overrules what came after that moment */
    private MonthReadings monthsAfter(MeterPoint first, Instant at) {
        var before = meter.recent();
        var changed = before.isEmpty() ? months.begun(at) : months.changed(before.getLast(), at);
        return first.at().isBefore(at) ? changed.cut(first.at(), first.reading()) : changed;
    }
}
