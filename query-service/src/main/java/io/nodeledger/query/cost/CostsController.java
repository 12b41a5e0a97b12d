package io.nodeledger.query.cost;

import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.Data;
import io.nodeledger.base.web.QueryFields;
import io.nodeledger.query.paging.PastMoment;
import io.nodeledger.query.workspace.WorkspaceQueries;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET …/nodes/costs} (source: contract, "Get Node Costs"; API decisions, "Costs"). */
@RestController
class CostsController {
    private final CostQueries costs;
    private final WorkspaceQueries workspaces;
    private final PlanNames plans;
    private final Clock clock;

    CostsController(CostQueries costs, WorkspaceQueries workspaces, PlanNames plans, Clock clock) {
        this.costs = costs;
        this.workspaces = workspaces;
        this.plans = plans;
        this.clock = clock;
    }

    @Requires(Permission.NODES_READ)
    @GetMapping("/api/v1/workspaces/{wsId}/nodes/costs")
    ResponseEntity<Data<Map<String, Object>>> get(@PathVariable String wsId, HttpServletRequest request) {
        var query = QueryFields.of(request);
        var period = query.word("period", Period.WORDS);
        var breakdowns = query.words("breakdown", Breakdown.WORDS);
        var at = PastMoment.at(query, clock.instant());
        query.finish();
        var asked = period.orElse(Period.CURRENT_MONTH);
        var compared = new Comparison(costs, wsId, asked, at.orNow());
        Bill<NodeCost> bill;
        try (var aside = Executors.newVirtualThreadPerTaskExecutor()) {
            // The other period is read meanwhile: it takes as long as the bill.
            aside.execute(compared);
            bill = new Bill<>(costs.nodes(wsId, asked.span(at.orNow()), at.orNow()));
        }
        if (bill.items().isEmpty()) {
            workspaces.require(wsId);
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put(asked.word(), view(bill, asked, at.orNow(), breakdowns.orElse(Breakdown.DEFAULT)));
        answer.put("trends", compared.with(bill.metered().rateMillis()));
        return Answers.one(answer);
    }

    private CostView view(Bill<NodeCost> bill, Period period, Instant now, List<Breakdown> breakdowns) {
        var span = period.span(now);
        Duration rest = period.rest(now);
        return new CostView(
                LargestRemainder.shown(bill.cents()),
                rest.isZero() ? null : LargestRemainder.shown(bill.centsAfter(rest)),
                CostView.CURRENCY,
                span.from(),
                span.to(),
                breakdowns.contains(Breakdown.NODE) ? CostView.byNode(bill) : null,
                breakdowns.contains(Breakdown.PLAN) ? plans.byPlan(bill) : null,
                breakdowns.contains(Breakdown.REGION) ? CostView.byRegion(bill) : null);
    }
}
