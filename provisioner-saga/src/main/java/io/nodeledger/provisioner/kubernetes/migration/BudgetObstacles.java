package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.nodeledger.provisioner.kubernetes.drain.PodName;
import io.nodeledger.provisioner.kubernetes.drain.Selectors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Disruption budgets that will never let a pod go, however well all pods are. */
final class BudgetObstacles {
    private static final double PERCENT = 100;

    private final List<PodDisruptionBudget> budgets;
    private final List<KeptPods> workloads;

    BudgetObstacles(List<PodDisruptionBudget> budgets, List<KeptPods> workloads) {
        this.budgets = budgets;
        this.workloads = workloads;
    }

    /** A sentence for each budget, and for each pod that two budgets cover, among those that are to go. */
    List<String> of(List<Pod> toGo) {
        var found = new ArrayList<String>();
        budgets.stream()
                .filter(budget -> toGo.stream().anyMatch(pod -> covers(budget, pod)) && letsNoneGo(budget))
                .map(budget -> "The disruption budget %s/%s never lets a pod go"
                        .formatted(
                                budget.getMetadata().getNamespace(),
                                budget.getMetadata().getName()))
                .forEach(found::add);
        var doubly = toGo.stream()
                .filter(pod ->
                        budgets.stream().filter(budget -> covers(budget, pod)).count() > 1)
                .map(PodName::of)
                .toList();
        if (!doubly.isEmpty()) {
            found.add("More than one disruption budget covers these pods, so that Kubernetes evicts none of them: "
                    + PodName.list(doubly));
        }
        return found;
    }

    private boolean letsNoneGo(PodDisruptionBudget budget) {
        int expected = workloads.stream()
                .filter(workload -> workload.pods().stream().anyMatch(pod -> covers(budget, pod)))
                .mapToInt(KeptPods::desired)
                .sum();
        var spec = budget.getSpec();
        if (spec.getMinAvailable() != null) {
            return amount(spec.getMinAvailable(), expected) >= expected;
        }
        return spec.getMaxUnavailable() == null || amount(spec.getMaxUnavailable(), expected) == 0;
    }

    private static boolean covers(PodDisruptionBudget budget, Pod pod) {
        return budget.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace())
                && budget.getSpec() != null
                && Selectors.covers(
                        budget.getSpec().getSelector(), labels(pod.getMetadata().getLabels()));
    }

    private static Map<String, String> labels(@Nullable Map<String, String> labels) {
        return Objects.requireNonNullElse(labels, Map.of());
    }

    /** A count, or a percentage rounded up, as Kubernetes does for both kinds. */
    private static int amount(IntOrString value, int of) {
        if (value.getIntVal() != null) {
            return value.getIntVal();
        }
        var percentage = Integer.parseInt(value.getStrVal().replace("%", ""));
        return (int) Math.ceil(of * percentage / PERCENT);
    }
}
