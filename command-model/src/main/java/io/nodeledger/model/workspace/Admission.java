package io.nodeledger.model.workspace;

import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a workspace may have another node. Checks run in the documented order: name, node limit, credits,
 * capacity (source: API decisions, "Provision").
 */
record Admission(Subscription subscription, Ledger ledger) {
    /** A month in every estimate (source: API decisions, "Money"). */
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(720);

    /** One month at the plan's rate is held while a node lives. */
    static BigDecimal creditHold(PlanTerms terms) {
        return terms.hourlyRate().multiply(HOURS_OF_A_MONTH);
    }

    /** Why the region can't take a node of the plan now. */
    static Optional<Refusal> refusalOfRegion(String region, String planId, Map<String, Instant> shortages) {
        return shortages.containsKey(region)
                ? Optional.of(new Refusal.InsufficientCapacity(region, planId, shortages.get(region)))
                : Optional.empty();
    }

    /** Why the node can't be had. */
    Optional<Refusal> refusalOf(BegunNode node) {
        ProvisionNode command = node.command();
        return refusalOf(
                command.terms(), List.of(command.name()), node.region(), command.offeredIn(), command.shortages());
    }

    /** Why its nodes can't be had, all of them. */
    Optional<Refusal> refusalOf(BegunTransition transition) {
        BeginDedicatedTransition command = transition.command();
        return refusalOf(
                command.terms(), transition.names(), transition.region(), command.offeredIn(), command.shortages());
    }

    private Optional<Refusal> refusalOf(
            PlanTerms terms,
            List<String> names,
            String region,
            List<String> offeredIn,
            Map<String, Instant> shortages) {
        if (!offeredIn.contains(region)) {
            return Optional.of(new Refusal.PlanNotInRegion(terms.planId(), region, offeredIn));
        }
        LiveNodes nodes = ledger.nodes();
        Optional<String> taken = names.stream().filter(nodes::hasName).findFirst();
        if (taken.isPresent()) {
            return Optional.of(new Refusal.NameTaken(taken.get()));
        }
        if (nodes.count() + names.size() > subscription.maxNodes()) {
            return Optional.of(new Refusal.NodeLimitExceeded(
                    nodes.count(), subscription.maxNodes(), subscription.plan().word()));
        }
        return ledger.refusalOfHold(creditHold(terms).multiply(BigDecimal.valueOf(names.size())))
                .or(() -> refusalOfRegion(region, terms.planId(), shortages));
    }
}
