package io.nodeledger.model.workspace;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A workspace's credits and what of them is held for its nodes, as they are now, and what can happen to them. */
record Ledger(String workspaceId, Account account, LiveNodes nodes) {
    /** What is neither spent nor held; never negative, and nothing while anything is owed. */
    BigDecimal available() {
        return account.balance().subtract(nodes.held());
    }

    /** Why that much can't be held: less is available, or something is owed. */
    Optional<Refusal> refusalOfHold(BigDecimal required) {
        BigDecimal available = available();
        return account.owes() || available.compareTo(required) < 0
                ? Optional.of(new Refusal.InsufficientCredits(required, available, account.owed()))
                : Optional.empty();
    }

    /** Why the node's hold can't be made as much again. */
    Optional<Refusal> refusalOfRenewal(String nodeId, BigDecimal creditHold) {
        return refusalOfHold(missing(nodeId, creditHold).max(BigDecimal.ZERO));
    }

    /** Holds for the node what is not held yet. */
    Optional<CreditHoldRenewed> renewal(String nodeId, BigDecimal creditHold, Instant at) {
        BigDecimal missing = missing(nodeId, creditHold);
        return missing.signum() > 0
                ? Optional.of(new CreditHoldRenewed(workspaceId, nodeId, missing, at))
                : Optional.empty();
    }

    private BigDecimal missing(String nodeId, BigDecimal creditHold) {
        return creditHold.subtract(nodes.holdOf(nodeId));
    }

    /** The node stays without its hold. */
    Optional<CreditHoldReleased> releaseOfHold(String nodeId, Instant at) {
        BigDecimal held = nodes.holdOf(nodeId);
        return held.signum() > 0
                ? Optional.of(new CreditHoldReleased(workspaceId, nodeId, held, at))
                : Optional.empty();
    }

    /** The node is gone with its hold. */
    Optional<NodeReleased> release(String nodeId, Instant at) {
        return nodes.find(nodeId)
                .map(node -> new NodeReleased(workspaceId, nodeId, node.name(), node.creditHold(), at));
    }

    /** What a day's charge draws from where, and that credits ran out by it; empty when it was charged, or cost nothing. */
    List<WorkspaceEvent> charge(ChargeWorkspace command, Instant at) {
        BigDecimal amount = command.accrued().subtract(account.charged());
        if (account.isCharged(command.day()) || amount.signum() == 0) {
            return List.of();
        }
        var draw = Draw.of(amount, available(), account.owed(), command.costs(), nodes);
        var charged = new WorkspaceCharged(
                workspaceId, command.day(), amount, draw.fromAvailable(), draw.fromHolds(), draw.owed(), at);
        return Stream.<WorkspaceEvent>concat(Stream.of(charged), account.after(charged).exhausted(command, at).stream())
                .toList();
    }

    /** Pays what is owed as far as credits are available. */
    List<WorkspaceEvent> settlement(Instant at) {
        BigDecimal payable = account.owed().min(available()).max(BigDecimal.ZERO);
        Stream<WorkspaceEvent> paid =
                payable.signum() > 0 ? Stream.of(new OwedSettled(workspaceId, payable, at)) : Stream.empty();
        Stream<WorkspaceEvent> restored =
                account.exhaustion() != null && !account.settled(payable).owes()
                        ? Stream.of(new CreditsRestored(workspaceId, at))
                        : Stream.empty();
        return Stream.concat(paid, restored).toList();
    }
}
