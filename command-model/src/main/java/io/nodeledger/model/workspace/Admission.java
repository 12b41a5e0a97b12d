package io.nodeledger.model.workspace;

import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a workspace may have another node. Checks run in the documented order: name, node limit, credits,
 * capacity (source: API decisions, "Provision").
 */
record Admission(Subscription subscription, LiveNodes nodes, Account account) {
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

    Optional<Refusal> refusalOf(ProvisionNode command, String region) {
        PlanTerms terms = command.terms();
        Optional<Refusal> unusable = subscription.refusalOfUse(command.workspaceId());
        if (unusable.isPresent()) {
            return unusable;
        }
        if (!command.offeredIn().contains(region)) {
            return Optional.of(new Refusal.PlanNotInRegion(terms.planId(), region, command.offeredIn()));
        }
        if (nodes.hasName(command.name())) {
            return Optional.of(new Refusal.NameTaken(command.name()));
        }
        if (nodes.count() >= subscription.maxNodes()) {
            return Optional.of(new Refusal.NodeLimitExceeded(
                    nodes.count(), subscription.maxNodes(), subscription.plan().word()));
        }
        return account.refusalOfHold(creditHold(terms), nodes)
                .or(() -> refusalOfRegion(region, terms.planId(), command.shortages()));
    }
}
