package io.nodeledger.query.cost;

import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Rule;
import io.nodeledger.query.cost.Simulation.OtherRates;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A question of what a period would have cost at other rates. */
record SimulationRequest(Period period, Simulation simulation) {
    private static final int MOST_PLANS = 100;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);
    private static final int DECIMALS = 10;

    private record PlanRates(String planId, OtherRates rates) {}

    private static final JsonValue<PlanRates> PLAN = JsonValues.object(fields -> {
        var plan = fields.required("plan_id", JsonValues.text(Rule.none()));
        var hourly = fields.optional("hourly_rate", rate());
        var stopped = fields.optional("stopped_rate", rate());
        return () -> new PlanRates(plan.get(), new OtherRates(hourly.orNull(), stopped.orNull()));
    });

    /**
     * Reads the body.
     *
     * @throws io.nodeledger.base.web.ApiException 400 naming every bad field
     */
    static SimulationRequest read(JsonFields body) {
        var period = body.optional("period", JsonValues.word(Period.WORDS));
        var plans = body.optional("plans", JsonValues.list(PLAN, MOST_PLANS));
        var stopped = body.optional("stopped_rate", rate());
        var rates = new LinkedHashMap<String, OtherRates>();
        for (PlanRates plan : plans.orElse(List.of())) {
            @Nullable OtherRates before = rates.put(plan.planId(), plan.rates());
            if (before != null) {
                body.violations().add("plans", "duplicate", "has " + plan.planId() + " more than once");
            }
        }
        body.finish();
        return new SimulationRequest(period.orElse(Period.CURRENT_MONTH), new Simulation(rates, stopped.orNull()));
    }

    private static JsonValue<BigDecimal> rate() {
        return JsonValues.decimal(SimulationRequest::check);
    }

    // Compared before it is scaled: 1e999999999 is a short text and a very long number.
    private static Optional<Rule.Broken> check(BigDecimal rate) {
        if (rate.signum() < 0 || rate.compareTo(HIGHEST) > 0) {
            return Rule.broken("out_of_range", "must be between 0 and " + HIGHEST);
        }
        return rate.stripTrailingZeros().scale() <= DECIMALS
                ? Optional.empty()
                : Rule.broken("too_precise", "must have at most " + DECIMALS + " decimals");
    }
}
