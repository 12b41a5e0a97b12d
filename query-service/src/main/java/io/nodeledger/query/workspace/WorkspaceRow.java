package io.nodeledger.query.workspace;

import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as the log tells it.
 *
 * @param balance credits granted and not spent, exact USD
 * @param held the part of the balance that is reserved for nodes
 * @param nodes nodes that count towards the limit
 * @param thresholds what it sets for its nodes; null until it has set any
 * @param debt what it owes; null while it owes nothing
 * @param placed where its workloads run; null while it has never moved
 */
public record WorkspaceRow(
        String id,
        WorkspacePlan plan,
        int maxNodes,
        String region,
        String namespace,
        boolean suspended,
        BigDecimal balance,
        BigDecimal held,
        int nodes,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Thresholds thresholds,
        @Nullable Debt debt,
        @Nullable Placed placed) {

    /** What new nodes may still claim; never negative. */
    public BigDecimal available() {
        return balance.subtract(held).max(BigDecimal.ZERO);
    }

    /** Charged and not paid, exact USD. */
    public BigDecimal owed() {
        return debt == null ? BigDecimal.ZERO : debt.owed();
    }

    WorkspaceRow with(Thresholds next, Instant at) {
        return new WorkspaceRow(
                id, plan, maxNodes, region, namespace, suspended, balance, held, nodes, createdAt, at, next, debt,
                placed);
    }

    /** Where its workloads run, and whether they are on their way. */
    public Placed whereabouts() {
        return placed == null ? Placed.BEFORE_ANY_MOVE : placed;
    }

    WorkspaceRow placed(Placed next, Instant at) {
        return new WorkspaceRow(
                id,
                plan,
                maxNodes,
                region,
                namespace,
                suspended,
                balance,
                held,
                nodes,
                createdAt,
                at,
                thresholds,
                debt,
                next);
    }

    WorkspaceRow credited(BigDecimal amount, Instant at) {
        return changed(balance.add(amount), held, nodes, at);
    }

    WorkspaceRow holding(BigDecimal more, int moreNodes, Instant at) {
        return changed(balance, held.add(more), nodes + moreNodes, at);
    }

    WorkspaceRow owing(BigDecimal more, Instant at) {
        return indebted((debt == null ? Debt.NONE : debt).plus(more), at);
    }

    WorkspaceRow indebted(@Nullable Debt next, Instant at) {
        return new WorkspaceRow(
                id,
                plan,
                maxNodes,
                region,
                namespace,
                suspended,
                balance,
                held,
                nodes,
                createdAt,
                at,
                thresholds,
                next,
                placed);
    }

    private WorkspaceRow changed(BigDecimal nextBalance, BigDecimal nextHeld, int nextNodes, Instant at) {
        return new WorkspaceRow(
                id,
                plan,
                maxNodes,
                region,
                namespace,
                suspended,
                nextBalance,
                nextHeld,
                nextNodes,
                createdAt,
                at,
                thresholds,
                debt,
                placed);
    }
}
