package io.nodeledger.query.cost;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.query.cost.CostView.OfPlan;
import java.util.List;

/** Breaks bills down by plan, with the plans' names. One that is offered no more goes by its id. */
public final class PlanNames {
    private final Catalogue catalogue;

    public PlanNames(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    List<OfPlan> byPlan(Bill<? extends Billed> bill) {
        return bill.by(Billed::planId).stream()
                .map(part -> new OfPlan(
                        part.key(),
                        catalogue.find(part.key()).map(NodePlan::name).orElse(part.key()),
                        LargestRemainder.shown(part.cents()),
                        part.nodes()))
                .toList();
    }
}
