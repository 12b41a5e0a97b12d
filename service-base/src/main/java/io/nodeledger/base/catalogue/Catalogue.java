package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plans on offer, in the order of the catalogue's file. */
public final class Catalogue {

    private final Map<String, NodePlan> plans = new LinkedHashMap<>();

    /** A catalogue of plans that have been checked already. */
    public Catalogue(List<NodePlan> plans) {
        plans.forEach(plan -> this.plans.put(plan.id(), plan));
    }

    /** The plan of an id. */
    public Optional<NodePlan> find(String planId) {
        return Optional.ofNullable(plans.get(planId));
    }

    /** All plans. */
    public List<NodePlan> plans() {
        return List.copyOf(plans.values());
    }
}
