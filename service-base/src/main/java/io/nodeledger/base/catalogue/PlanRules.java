package io.nodeledger.base.catalogue;

import io.nodeledger.events.catalogue.NodePlan;
import io.nodeledger.events.catalogue.PlanPrice;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** What a plan must be to be offered; each fault says how to mend it. */
final class PlanRules {

    private static final Pattern ID = Pattern.compile("plan-[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private PlanRules() {}

    static void check(List<NodePlan> plans, List<String> faults) {
        var ids = new HashSet<String>();
        for (var plan : plans) {
            if (!ID.matcher(plan.id()).matches()) {
                faults.add("id '" + plan.id() + "': write plan- and lower-case words joined by dashes");
            }
            if (!ids.add(plan.id())) {
                faults.add(plan.id() + ": appears twice, give each plan an id of its own");
            }
            checkSize(plan, faults);
            checkMoney(plan, faults);
            checkOffer(plan, faults);
            checkStock(plan, faults);
        }
    }

    private static void checkSize(NodePlan plan, List<String> faults) {
        var specs = plan.specs();
        if (specs.cpuCores() < 1 || specs.memoryGb() < 1 || specs.storageGb() < 1) {
            faults.add(plan.id() + ": specs.cpu_cores, memory_gb and storage_gb must be at least 1");
        }
    }

    private static void checkMoney(NodePlan plan, List<String> faults) {
        var moments = new HashSet<Instant>();
        for (PlanPrice price : plan.prices()) {
            String which = plan.id() + ": "
                    + (price.validFrom().equals(Instant.MIN) ? "" : "in the price from " + price.validFrom() + " ");
            if (!moments.add(price.validFrom())) {
                faults.add(which + "valid_from appears twice, give each price a moment of its own");
            }
            if (price.hourlyRate().signum() <= 0) {
                faults.add(which + "hourly_rate must be above 0");
            }
            if (price.stoppedRate().signum() < 0 || price.stoppedRate().compareTo(price.hourlyRate()) > 0) {
                faults.add(which + "stopped_rate must be between 0 and hourly_rate");
            }
        }
        if (!plan.currency().equals("USD")) {
            faults.add(plan.id() + ": currency must be USD, in which credits are kept");
        }
    }

    private static void checkStock(NodePlan plan, List<String> faults) {
        plan.stock().forEach((region, most) -> {
            if (!plan.offeredIn(region)) {
                faults.add(plan.id() + ": stock." + region + " is not among its regions");
            }
            if (most < 0) {
                faults.add(plan.id() + ": stock." + region + " must be at least 0");
            }
        });
    }

    private static void checkOffer(NodePlan plan, List<String> faults) {
        if (plan.regions().isEmpty()
                || !plan.regions().stream()
                        .allMatch(region -> REGION.matcher(region).matches())) {
            faults.add(plan.id() + ": regions must list at least one region id such as us-west-2");
        }
        if (plan.provisioningMinutesMin() < 1 || plan.provisioningMinutesMax() < plan.provisioningMinutesMin()) {
            faults.add(plan.id() + ": provisioning_minutes_min must be at least 1 and not above"
                    + " provisioning_minutes_max");
        }
    }
}
