package io.nodeledger.query.cost.meter;

import io.nodeledger.events.metering.MeterPoint;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.query.projection.Change;
import io.nodeledger.query.projection.Consequence;
import io.nodeledger.query.projection.TableWriter;
import java.util.ArrayList;
import java.util.List;

/** Keeps every point that was ever added to a meter. */
final class MeterJournal implements Consequence<MeteredNode> {
    @Override
    public String tableName() {
        return MeterEntry.TABLE.name();
    }

    @Override
    public void write(TableWriter writer, int generation, List<Change<MeteredNode>> changes) {
        writer.upsert(
                MeterEntry.TABLE,
                generation,
                changes.stream().flatMap(change -> entries(change).stream()).toList());
    }

    static List<MeterEntry> entries(Change<MeteredNode> change) {
        var before = change.before();
        if (before == null) {
            return List.of();
        }
        var stored = change.event();
        var event = (NodeEvent) stored.payload();
        var entries = new ArrayList<MeterEntry>();
        for (MeterPoint point : MeterProjection.step(before, stored).added()) {
            var id = "%019d-%d".formatted(stored.position(), entries.size());
            entries.add(new MeterEntry(id, event.nodeId(), stored.position(), event.effectiveAt(), point));
        }
        return entries;
    }
}
