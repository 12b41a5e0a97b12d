package io.nodeledger.events.catalogue;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A plan as the catalogue offers it.
 *
 * @param id for example {@code plan-dedicated-4c8g}
 * @param name for people
 * @param description one line for people
 * @param specs the machine behind it
 * @param prices all that it had and will have, in the order of their validity; the first one counts from the beginning
 * @param currency of all of them, ISO 4217
 * @param regions where it is offered
 * @param stock how many live nodes of all workspaces a region may have; regions that are not in it are unlimited
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
        List<PlanPrice> prices,
        String currency,
        List<String> regions,
        Map<String, Integer> stock,
        List<String> features,
        List<String> suitableFor,
        int provisioningMinutesMin,
        int provisioningMinutesMax) {

    /** Orders the prices. */
    public NodePlan {
        prices = prices.stream()
                .sorted(Comparator.comparing(PlanPrice::validFrom))
                .toList();
        if (prices.isEmpty() || !prices.getFirst().validFrom().equals(Instant.MIN)) {
            throw new IllegalArgumentException(id + " has no price that counts from the beginning");
        }
        regions = List.copyOf(regions);
        stock = Map.copyOf(stock);
        features = List.copyOf(features);
        suitableFor = List.copyOf(suitableFor);
    }

    /** The price that counts at a moment: the youngest that is valid then. */
    public PlanPrice priceAt(Instant moment) {
        return prices.reversed().stream()
                .filter(price -> !price.validFrom().isAfter(moment))
                .findFirst()
                .orElseThrow();
    }

    /** Whether the plan is offered in a region. */
    public boolean offeredIn(String region) {
        return regions.contains(region);
    }

    /** How many live nodes a region may have; empty when there is no limit. */
    public OptionalInt stockIn(String region) {
        Integer most = stock.get(region);
        return most == null ? OptionalInt.empty() : OptionalInt.of(most);
    }
}
