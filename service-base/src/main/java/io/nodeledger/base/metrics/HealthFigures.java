package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/**
 * Each component's health, as the health endpoint has it: 0 while it is down or out of service, else 1. It is looked at apart from
 * what the database knows, so that a database which is away is told at once.
 */
final class HealthFigures {
    private final Supplier<@Nullable HealthContributors> all;
    private final MultiGauge health;

    HealthFigures(Supplier<@Nullable HealthContributors> all, MeterRegistry meters) {
        this.all = all;
        this.health = MultiGauge.builder("nodeledger.health")
                .description("Whether a component is well: 1 or 0")
                .register(meters);
    }

    void read() {
        var contributors = all.get();
        var rows = new ArrayList<Row<?>>();
        if (contributors != null) {
            add("", contributors, rows);
        }
        health.register(rows, true);
    }

    private static void add(String prefix, HealthContributors contributors, List<Row<?>> rows) {
        for (HealthContributors.Entry entry : contributors) {
            String name = prefix + entry.name();
            switch (entry.contributor()) {
                case HealthIndicator one -> rows.add(Row.of(Tags.of("component", name), value(one.health(false))));
                case CompositeHealthContributor several -> add(name + "/", several, rows);
                default -> throw new IllegalStateException(name + " has no health of its own");
            }
        }
    }

    private static int value(@Nullable Health health) {
        return health != null
                        && (health.getStatus().equals(Status.DOWN)
                                || health.getStatus().equals(Status.OUT_OF_SERVICE))
                ? 0
                : 1;
    }
}
