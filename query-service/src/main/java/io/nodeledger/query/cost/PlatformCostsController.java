package io.nodeledger.query.cost;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.query.paging.PastMoment;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** {@code GET /api/v1/admin/costs}: what all workspaces cost, by region and plan, for the platform's operators. */
@RestController
class PlatformCostsController {
    private final CostQueries costs;
    private final PlanNames plans;
    private final Clock clock;

    PlatformCostsController(CostQueries costs, PlanNames plans, Clock clock) {
        this.costs = costs;
        this.plans = plans;
        this.clock = clock;
    }

    /** All nodes of a workspace. */
    @JsonNaming(SnakeCaseStrategy.class)
    record OfWorkspace(String workspaceId, BigDecimal cost, int nodeCount) {}

    /** The costs of all workspaces; every array sums to the total exactly. */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlatformCosts(
            String period,
            Instant from,
            Instant to,
            BigDecimal totalCost,
            @Nullable BigDecimal projectedCost,
            String currency,
            List<CostView.OfRegion> byRegion,
            List<CostView.OfPlan> byPlan,
            List<OfWorkspace> byWorkspace) {}

    @Requires(Permission.PLATFORM_ADMIN)
    @GetMapping("/api/v1/admin/costs")
    ResponseEntity<Data<PlatformCosts>> get(HttpServletRequest request) {
        var query = QueryFields.of(request);
        var asked = query.word("period", Period.WORDS);
        var at = PastMoment.at(query, clock.instant());
        query.finish();
        var period = asked.orElse(Period.CURRENT_MONTH);
        var now = at.orNow();
        var span = period.span(now);
        var rest = period.rest(now);
        var bill = new Bill<>(costs.groups(span, now));
        return Answers.one(new PlatformCosts(
                period.word(),
                span.from(),
                span.to(),
                LargestRemainder.shown(bill.cents()),
                rest.isZero() ? null : LargestRemainder.shown(bill.centsAfter(rest)),
                CostView.CURRENCY,
                CostView.byRegion(bill),
                plans.byPlan(bill),
                bill.by(GroupCost::workspaceId).stream()
                        .map(part -> new OfWorkspace(part.key(), LargestRemainder.shown(part.cents()), part.nodes()))
                        .toList()));
    }
}
