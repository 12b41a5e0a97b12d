package io.nodeledger.query.plan;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.base.security.Permission;
import io.nodeledger.base.security.Requires;
import io.nodeledger.base.web.Answers;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.Data;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What nodes can be provisioned with (source: contract, "Node Plans"). */
@RestController
class PlansController {
    private final Catalogue catalogue;
    private final StockQueries stock;
    private final Clock clock;

    PlansController(Catalogue catalogue, StockQueries stock, Clock clock) {
        this.catalogue = catalogue;
        this.stock = stock;
        this.clock = clock;
    }

    @Requires(Permission.PLANS_READ)
    @GetMapping("/api/v1/node-plans")
    ResponseEntity<Data<List<PlanViews.Item>>> list() {
        Instant now = clock.instant();
        return Answers.one(catalogue.plans().stream()
                .map(plan -> PlanViews.Item.of(plan, plan.priceAt(now)))
                .toList());
    }

    @Requires(Permission.PLANS_READ)
    @GetMapping("/api/v1/node-plans/{planId}")
    ResponseEntity<Data<PlanViews.Detail>> get(@PathVariable String planId) {
        return catalogue
                .find(planId)
                .map(plan ->
                        Answers.one(PlanViews.Detail.of(plan, plan.priceAt(clock.instant()), stock.hasPlace(plan))))
                .orElseThrow(() -> new ApiException(ApiError.notFound("node_plan", planId)));
    }
}
