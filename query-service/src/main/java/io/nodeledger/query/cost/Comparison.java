package io.nodeledger.query.cost;

import io.nodeledger.query.cost.Period.Span;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/** Reads what a workspace cost in the period before, over a span of the same length; whoever runs it. */
final class Comparison implements Runnable {
    private final Period period;
    private final FutureTask<Costs> costs;

    /** In USD per hour times milliseconds; of now, if not all of the bill is compared. */
    private record Costs(BigDecimal before, Optional<BigDecimal> now) {}

    Comparison(CostQueries queries, String workspaceId, Period period, Instant now) {
        this.period = period;
        Span span = period.span(now);
        Span before = period.before(now).atMost(span.length());
        Span compared = span.atMost(before.length());
        this.costs = new FutureTask<>(() -> new Costs(
                queries.rateMillis(workspaceId, before, now),
                compared.equals(span)
                        ? Optional.empty()
                        : Optional.of(queries.rateMillis(workspaceId, compared, now))));
    }

    @Override
    public void run() {
        costs.run();
    }

    /**
     * The trend, once it was run; what failed there fails here.
     *
     * @param billed what the whole bill comes to
     */
    Trend with(BigDecimal billed) {
        if (costs.state() == FutureTask.State.FAILED && costs.exceptionNow() instanceof RuntimeException failure) {
            throw failure;
        }
        var read = costs.resultNow();
        return Trend.of(read.now().orElse(billed), read.before(), period.comparedWith());
    }
}
