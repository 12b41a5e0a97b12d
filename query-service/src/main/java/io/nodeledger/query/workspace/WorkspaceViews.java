package io.nodeledger.query.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nodeledger.base.web.Money;
import io.nodeledger.events.workspace.AfterGrace;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The shapes in which the API shows workspaces and credits (source: API decisions, "Shapes fixed here"). */
public final class WorkspaceViews {
    private static final String CURRENCY = "USD";

    private WorkspaceViews() {}

    /** A workspace as the platform operator sees it. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Workspace(
            String id,
            String plan,
            int maxNodes,
            int currentNodes,
            String region,
            String namespace,
            boolean suspended,
            String placement,
            @Nullable String transitionId,
            Balance credits,
            Instant createdAt,
            Instant updatedAt) {

        static Workspace of(WorkspaceRow row) {
            return new Workspace(
                    row.id(),
                    row.plan().word(),
                    row.maxNodes(),
                    row.nodes(),
                    row.region(),
                    row.namespace(),
                    row.suspended(),
                    row.whereabouts().placement().word(),
                    row.whereabouts().transitionId(),
                    Balance.of(row),
                    row.createdAt(),
                    row.updatedAt());
        }
    }

    /**
     * Credits in USD.
     *
     * @param graceEndsAt while anything is owed, until when nodes may do as before
     * @param afterGrace what is done then
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Balance(
            BigDecimal balance,
            BigDecimal held,
            BigDecimal available,
            BigDecimal owed,
            String currency,
            @Nullable Instant graceEndsAt,
            @Nullable String afterGrace) {

        static Balance of(WorkspaceRow row) {
            Debt debt = row.debt() == null ? Debt.NONE : row.debt();
            AfterGrace afterGrace = debt.afterGrace();
            return new Balance(
                    Money.shown(row.balance()),
                    Money.shown(row.held()),
                    Money.shown(row.available()),
                    Money.shown(debt.owed()),
                    CURRENCY,
                    debt.graceEndsAt(),
                    afterGrace == null ? null : afterGrace.word());
        }
    }

    /** Credits as their owner sees them, with the limits and the placement of the workspace and a page of the ledger, newest first. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Credits(
            @JsonUnwrapped Balance balance,
            String plan,
            int maxNodes,
            int currentNodes,
            boolean suspended,
            String placement,
            @Nullable String transitionId,
            List<Entry> entries) {

        static Credits of(WorkspaceRow row, List<CreditLine> lines) {
            return new Credits(
                    Balance.of(row),
                    row.plan().word(),
                    row.maxNodes(),
                    row.nodes(),
                    row.suspended(),
                    row.whereabouts().placement().word(),
                    row.whereabouts().transitionId(),
                    lines.stream().map(Entry::of).toList());
        }
    }

    /**
     * One entry of the ledger.
     *
     * @param day of a charge: whose cost it is
     * @param fromHolds of a charge: what was drawn from holds, if anything
     * @param owed of a charge: what could not be drawn, if anything
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String type,
            BigDecimal amount,
            Instant occurredAt,
            @Nullable String nodeId,
            @Nullable String reason,
            @Nullable LocalDate day,
            @Nullable BigDecimal fromHolds,
            @Nullable BigDecimal owed,
            List<String> eventIds) {

        static Entry of(CreditLine line) {
            var charge = line.charge();
            return new Entry(
                    line.id(),
                    line.type(),
                    Money.shown(line.amount()),
                    line.occurredAt(),
                    line.nodeId(),
                    line.reason(),
                    charge == null ? null : charge.day(),
                    charge == null ? null : shownIfAny(charge.fromHolds()),
                    charge == null ? null : shownIfAny(charge.owed()),
                    List.of(line.id()));
        }

        private static @Nullable BigDecimal shownIfAny(BigDecimal amount) {
            return amount.signum() == 0 ? null : Money.shown(amount);
        }
    }
}
