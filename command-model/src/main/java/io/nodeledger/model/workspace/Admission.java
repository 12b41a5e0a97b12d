package io.nodeledger.model.workspace;

import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides whether a workspace may have another node. Checks run in the documented order: name, node limit, credits,
 * capacity (source: API decisions, "Provision").
 */
record Admission(Subscription subscription, LiveNodes nodes, BigDecimal balance) {
    /** A month in every estimate (source: API decisions, "Money"). */
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(720);

    /** One month at the plan's rate is held while a node lives. */
    static BigDecimal creditHold(PlanTerms terms) {
        return terms.hourlyRate().multiply(HOURS_OF_A_MONTH);
    }

    Optional<Refusal> refusalOf(ProvisionNode command, String region) {
        PlanTerms terms = command.terms();
        BigDecimal required = creditHold(terms);
        BigDecimal available = balance.subtract(nodes.held());
        if (subscription.suspended()) {
            return Optional.of(new Refusal.WorkspaceSuspended(command.workspaceId()));
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
        if (available.compareTo(required) < 0) {
            return Optional.of(new Refusal.InsufficientCredits(required, available));
        }
        if (command.shortages().containsKey(region)) {
            Instant again = command.shortages().get(region);
            return Optional.of(new Refusal.InsufficientCapacity(region, terms.planId(), again));
        }
        return Optional.empty();
    }
}
