package io.nodeledger.command.stock;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * A place out of a limited stock.
 *
 * @param regions in which one is held
 */
record LimitedPlace(PlanStock stock, String planId, Set<String> regions, Map<String, Instant> usedUp)
        implements HeldPlace {

    @Override
    public void take(String nodeId, String region) {
        if (regions.contains(region)) {
            stock.admit(nodeId, new Place(planId, region));
        }
    }

    @Override
    public void close() {
        stock.release(planId, regions);
    }
}
