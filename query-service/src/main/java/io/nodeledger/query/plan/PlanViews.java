package io.nodeledger.query.plan;

import io.nodeledger.base.web.Money;
import io.nodeledger.events.catalogue.NodePlan;
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
        static Item of(NodePlan plan) {
            var specs = plan.specs();
            return new Item(
                    plan.id(),
                    plan.name(),
                    plan.description(),
                    new Size(specs.cpuCores(), specs.memoryGb(), specs.storageGb(), specs.networkSpeed()),
                    new Price(hourly(plan), Money.shown(monthly(plan))),
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
        static Detail of(NodePlan plan) {
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
                            hourly(plan),
                            Money.shown(monthly(plan)),
                            Money.shown(monthly(plan).multiply(MONTHS_OF_A_YEAR).multiply(ANNUAL_DISCOUNT)),
                            plan.currency()),
                    new Availability(
                            plan.regions(),
                            !plan.regions().isEmpty(),
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

    /** {@code inStock}: whether any region offers it. */
    @JsonNaming(SnakeCaseStrategy.class)
    record Availability(List<String> regions, boolean inStock, String estimatedProvisioningTime) {}

    private static BigDecimal hourly(NodePlan plan) {
        return Money.rate(plan.hourlyRate());
    }

    private static BigDecimal monthly(NodePlan plan) {
        return plan.hourlyRate().multiply(HOURS_OF_A_MONTH);
    }
}
