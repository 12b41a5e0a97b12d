package io.nodeledger.query.plan;

import io.nodeledger.base.web.Money;
import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.catalogue.PlanPrice;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The shapes in which the API shows plans (source: contract, "Node Plans"). */
final class PlanViews {
    private static final BigDecimal HOURS_OF_A_MONTH = BigDecimal.valueOf(720);
    private static final BigDecimal MONTHS_OF_A_YEAR = BigDecimal.valueOf(12);
    private static final BigDecimal ANNUAL_DISCOUNT = new BigDecimal("0.90");

    private PlanViews() {}

    /** A plan in the list. */
    record Item(String id, String name, String description, Size specs, Price pricing, List<String> regions) {
        static Item of(NodePlan plan, PlanPrice price) {
            var specs = plan.specs();
            return new Item(
                    plan.id(),
                    plan.name(),
                    plan.description(),
                    new Size(specs.cpuCores(), specs.memoryGb(), specs.storageGb(), specs.networkSpeed()),
                    new Price(hourly(price), Money.shown(monthly(price))),
                    plan.regions());
        }
    }

    /** A plan by itself. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Detail(
            String id,
            String name,
            String description,
            Specs specs,
            Pricing pricing,
            Availability availability,
            List<String> features,
            List<String> suitableFor) {
        static Detail of(NodePlan plan, PlanPrice price, boolean inStock) {
            var specs = plan.specs();
            return new Detail(
                    plan.id(),
                    plan.name(),
                    plan.description(),
                    new Specs(
                            specs.cpuCores(),
                            specs.cpuType(),
                            specs.memoryGb(),
                            specs.memoryType(),
                            specs.storageGb(),
                            specs.storageType(),
                            specs.networkSpeed(),
                            specs.architecture()),
                    new Pricing(
                            hourly(price),
                            Money.shown(monthly(price)),
                            Money.shown(
                                    monthly(price).multiply(MONTHS_OF_A_YEAR).multiply(ANNUAL_DISCOUNT)),
                            plan.currency()),
                    new Availability(
                            plan.regions(),
                            inStock,
                            "%d-%d minutes".formatted(plan.provisioningMinutesMin(), plan.provisioningMinutesMax())),
                    plan.features(),
                    plan.suitableFor());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Size(int cpuCores, int memoryGb, int storageGb, String networkSpeed) {}

    record Price(BigDecimal hourly, BigDecimal monthly) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Specs(
            int cpuCores,
            String cpuType,
            int memoryGb,
            String memoryType,
            int storageGb,
            String storageType,
            String networkSpeed,
            String architecture) {}

    record Pricing(BigDecimal hourly, BigDecimal monthly, BigDecimal annual, String currency) {}

    /** {@code inStock}: whether any region has a place left. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Availability(List<String> regions, boolean inStock, String estimatedProvisioningTime) {}

    private static BigDecimal hourly(PlanPrice price) {
        return Money.rate(price.hourlyRate());
    }

    private static BigDecimal monthly(PlanPrice price) {
        return price.hourlyRate().multiply(HOURS_OF_A_MONTH);
    }
}
