package io.nodeledger.base.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.catalogue.NodePlan;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanPricesTest {
    private static final NodePlan PLAN =
            ACatalogue.plan("prices: [{valid_from: 2026-07-01T02:00:00+02:00, hourly_rate: 0.30, stopped_rate: 0.00},"
                    + " {valid_from: 2026-01-01, hourly_rate: 0.20}]");

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z, 0.10, 0.02",
        "2025-12-31T23:59:59.999999999Z, 0.10, 0.02",
        "2026-01-01T00:00:00Z, 0.20, 0.02",
        "2026-06-30T23:59:59.999Z, 0.20, 0.02",
        "2026-07-01T00:00:00Z, 0.30, 0.00",
        "9999-12-31T00:00:00Z, 0.30, 0.00",
    })
    void the_youngest_price_that_is_valid_counts_from_its_moment_on(Instant at, String hourly, String stopped) {
        assertThat(PLAN.priceAt(at).hourlyRate()).isEqualByComparingTo(hourly);
        assertThat(PLAN.priceAt(at).stoppedRate()).isEqualByComparingTo(stopped);
    }

    @Test
    void a_plan_without_further_prices_has_one_for_ever() {
        assertThat(ACatalogue.plan().prices()).hasSize(1);
        assertThat(ACatalogue.plan().priceAt(Instant.MAX).hourlyRate()).isEqualByComparingTo("0.10");
    }

    @Test
    void every_bad_price_is_named_with_its_moment() {
        assertThatThrownBy(() -> ACatalogue.plan("prices: [{valid_from: 2026-01-01, hourly_rate: 0.01},"
                        + " {valid_from: 2026-01-01T00:00:00Z, hourly_rate: 0.20},"
                        + " {valid_from: 2027-01-01, hourly_rate: 0}]"))
                .hasMessageContainingAll(
                        "in the price from 2026-01-01T00:00:00Z stopped_rate must be between 0 and hourly_rate",
                        "in the price from 2026-01-01T00:00:00Z valid_from appears twice",
                        "in the price from 2027-01-01T00:00:00Z hourly_rate must be above 0");
    }

    @Test
    void stock_is_for_regions_of_the_plan_and_others_are_unlimited() {
        NodePlan plan = ACatalogue.plan("stock: {us-west-2: 100}");

        assertThat(plan.stockIn("us-west-2")).hasValue(100);
        assertThat(plan.stockIn("eu-west-1")).isEmpty();
        assertThatThrownBy(() -> ACatalogue.plan("stock: {mars: 1, us-west-2: -1}"))
                .hasMessageContainingAll("stock.mars is not among its regions", "stock.us-west-2 must be at least 0");
    }
}
