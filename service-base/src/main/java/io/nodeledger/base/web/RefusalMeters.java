package io.nodeledger.base.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts requests of those who are not known, may not, or ask too much: {@code nodeledger.requests.refused}, by code. */
final class RefusalMeters {
    private static final Set<Integer> REFUSED = Set.of(401, 403, 429);

    private final Supplier<@Nullable MeterRegistry> meters;

    /** @param meters asked when there is something to count: errors are written before anything else has started */
    RefusalMeters(Supplier<@Nullable MeterRegistry> meters) {
        this.meters = meters;
    }

    void answered(ApiError error) {
        if (!REFUSED.contains(error.code().status())) {
            return;
        }
        var registry = meters.get();
        if (registry != null) {
            Counter.builder("nodeledger.requests.refused")
                    .description(
                            "Requests that were refused: without a valid token, without the permission, or too many")
                    .tag("code", error.code().name())
                    .register(registry)
                    .increment();
        }
    }
}
