package io.nodeledger.events.catalogue;

import java.math.BigDecimal;
import java.util.List;

/**
 * A plan as the catalogue offers it.
 *
 * @param id for example {@code plan-dedicated-4c8g}
 * @param name for people
 * @param description one line for people
 * @param specs the machine behind it
 * @param hourlyRate price of an hour while the node runs
 * @param stoppedRate price of an hour while it is stopped
 * @param currency of both, ISO 4217
 * @param regions where it is offered
 * @param features what it comes with, for people
 * @param suitableFor what it is good for, for people
 * @param provisioningMinutesMin minutes that provisioning takes at least, as a rule
 * @param provisioningMinutesMax minutes that it takes at most, as a rule
 */
public record NodePlan(
        String id,
        String name,
        String description,
        PlanSpecs specs,
        BigDecimal hourlyRate,
        BigDecimal stoppedRate,
        String currency,
        List<String> regions,
        List<String> features,
        List<String> suitableFor,
        int provisioningMinutesMin,
        int provisioningMinutesMax) {

    public NodePlan {
        regions = List.copyOf(regions);
        features = List.copyOf(features);
        suitableFor = List.copyOf(suitableFor);
    }

    /** Whether the plan is offered in a region. */
    public boolean offeredIn(String region) {
        return regions.contains(region);
    }
}
