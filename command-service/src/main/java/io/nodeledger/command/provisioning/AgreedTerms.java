package io.nodeledger.command.provisioning;

import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.PlanTerms;
import java.time.Instant;

/** What a workspace agrees to with a plan: its size, and its prices of that moment. */
public final class AgreedTerms {
    private AgreedTerms() {}

    /** The plan's terms at a moment. */
    public static PlanTerms of(NodePlan plan, Instant now) {
        var specs = plan.specs();
        var price = plan.priceAt(now);
        return new PlanTerms(
                plan.id(),
                price.hourlyRate(),
                price.stoppedRate(),
                new NodeSpecs(
                        specs.cpuCores(),
                        specs.memoryGb(),
                        specs.storageGb(),
                        specs.networkSpeed(),
                        specs.architecture()));
    }
}
