package io.nodeledger.query.cost.meter;

import io.nodeledger.events.metering.Meter;
import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.query.projection.Projection;
import io.nodeledger.query.projection.StoredEvent;
import org.jspecify.annotations.Nullable;

/** Folds the events that change what a node costs; most change nothing, and cost nothing here. */
final class MeterProjection implements Projection<MeteredNode> {
    @Override
    public @Nullable String keyOf(StoredEvent event) {
        return event.payload() instanceof NodeEvent happened && matters(happened) ? happened.nodeId() : null;
    }

    private static boolean matters(NodeEvent event) {
        return event instanceof NodeProvisioningStarted
                || event instanceof MachineVanished
                || Metered.provesLife(event)
                || Metered.after(event).isPresent();
    }

    @Override
    public MeteredNode apply(@Nullable MeteredNode node, StoredEvent stored) {
        var event = (NodeEvent) stored.payload();
        if (event instanceof NodeProvisioningStarted begun) {
            return new MeteredNode(
                    begun.nodeId(),
                    begun.workspaceId(),
                    begun.name(),
                    begun.region(),
                    begun.terms(),
                    Meter.NEW,
                    MonthReadings.NEW,
                    null,
                    null,
                    null);
        }
        if (node == null) {
            throw new IllegalStateException("Node " + event.nodeId() + " has no beginning before " + stored.id());
        }
        return node.with(step(node, stored), event.effectiveAt());
    }

    /** What an event does to a node's meter. */
    static Meter.Step step(MeteredNode before, StoredEvent stored) {
        return before.meter().after((NodeEvent) stored.payload(), before.terms(), stored.id());
    }
}
