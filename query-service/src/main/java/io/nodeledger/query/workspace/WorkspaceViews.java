package io.nodeledger.query.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.base.web.Money;
import java.math.BigDecimal;
import java.time.Instant;
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
    public record Workspace(
            String id,
            String plan,
            int maxNodes,
            int currentNodes,
            String region,
            String namespace,
            boolean suspended,
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
                    new Balance(
                            Money.shown(row.balance()),
                            Money.shown(row.held()),
                            Money.shown(row.available()),
                            CURRENCY),
                    row.createdAt(),
                    row.updatedAt());
        }
    }

    /** Credits in USD. */
    public record Balance(BigDecimal balance, BigDecimal held, BigDecimal available, String currency) {}

    /** Credits as their owner sees them, with the limits of the workspace and a page of the ledger, newest first. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Credits(
            BigDecimal balance,
            BigDecimal held,
            BigDecimal available,
            String currency,
            String plan,
            int maxNodes,
            int currentNodes,
            boolean suspended,
            List<Entry> entries) {

        static Credits of(WorkspaceRow row, List<CreditLine> lines) {
            return new Credits(
                    Money.shown(row.balance()),
                    Money.shown(row.held()),
                    Money.shown(row.available()),
                    CURRENCY,
                    row.plan().word(),
                    row.maxNodes(),
                    row.nodes(),
                    row.suspended(),
                    lines.stream().map(Entry::of).toList());
        }
    }

    /** One entry of the ledger. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String id,
            String type,
            BigDecimal amount,
            Instant occurredAt,
            @Nullable String nodeId,
            @Nullable String reason,
            List<String> eventIds) {

        static Entry of(CreditLine line) {
            return new Entry(
                    line.id(),
                    line.type(),
                    Money.shown(line.amount()),
                    line.occurredAt(),
                    line.nodeId(),
                    line.reason(),
                    List.of(line.id()));
        }
    }
}
