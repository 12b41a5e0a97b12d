package io.nodeledger.query.cost.meter;

import static io.nodeledger.query.projection.Table.column;

import io.nodeledger.events.metering.MeterPoint;
import io.nodeledger.query.projection.Table;
import java.time.Instant;
import java.util.List;

/**
 * A point of a node's meter.
 *
 * @param id position of its event, and its place among the points that the event added
 * @param knownAt when its event happened, which may be later than the point's moment
 */
record MeterEntry(String id, String nodeId, long position, Instant knownAt, MeterPoint point) {
    static final Table<MeterEntry> TABLE = new Table<>(
            "meter_points",
            MeterEntry.class,
            List.of(
                    column("id", "text", MeterEntry::id),
                    column("node_id", "text", MeterEntry::nodeId),
                    column("at", "bigint", entry -> entry.point().at().toEpochMilli()),
                    column("position", "bigint", MeterEntry::position),
                    column("known_at", "bigint", entry -> entry.knownAt().toEpochMilli()),
                    column("metered", "text", entry -> entry.point().metered().word()),
                    column("rate", "numeric", entry -> entry.point().rate().toPlainString()),
                    column(
                            "rate_millis",
                            "numeric",
                            entry -> entry.point().reading().rateMillis().toPlainString()),
                    column(
                            "running_millis",
                            "bigint",
                            entry -> entry.point().reading().runningMillis()),
                    column(
                            "stopped_millis",
                            "bigint",
                            entry -> entry.point().reading().stoppedMillis())));
}
