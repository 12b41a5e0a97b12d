package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The plans on offer, in the order of the catalogue's file. Others may take their place at any time, all at once: ask for
 * a plan when it is needed, and ask once in a request.
 */
public final class Catalogue {

    private volatile Map<String, NodePlan> plans;

    /** A catalogue of plans that have been checked already. */
    public Catalogue(List<NodePlan> plans) {
        this.plans = byId(plans);
    }

    /** Offers these plans, which have been checked already, in place of all others. */
    void offer(List<NodePlan> others) {
        plans = byId(others);
    }

    /** The plan of an id. */
    public Optional<NodePlan> find(String planId) {
        return Optional.ofNullable(plans.get(planId));
    }

    /** All plans. */
    public List<NodePlan> plans() {
        return List.copyOf(plans.values());
    }

    private static Map<String, NodePlan> byId(List<NodePlan> plans) {
        var byId = new LinkedHashMap<String, NodePlan>();
        plans.forEach(plan -> byId.put(plan.id(), plan));
        return Collections.unmodifiableMap(byId);
    }
}
