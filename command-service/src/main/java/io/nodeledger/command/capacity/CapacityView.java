package io.nodeledger.command.capacity;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Instant;
import java.util.Map;

/**
 * Which regions can't take a node of a plan now. Advisory: whoever loses the race for the last place fails in the
 * operation with the same code (source: rulings, "Who owns what").
 */
@FunctionalInterface
public interface CapacityView {
    /** Regions that are known to be full, with the time at which they may not be any more. */
    Map<String, Instant> shortages(NodePlan plan);

    /** Regions that are known not to take that many nodes at once, with the time at which they may have more room. */
    default Map<String, Instant> shortages(NodePlan plan, int nodes) {
        return shortages(plan);
    }
}
