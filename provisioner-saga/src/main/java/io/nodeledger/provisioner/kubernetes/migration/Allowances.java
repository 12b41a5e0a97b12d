package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.nodeledger.provisioner.kubernetes.drain.Budgets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How many pods budgets let go by what they said last, so that a round does not ask for all that would be held back. One
 * for each budget is always asked: what they said may be old, and only the API server tells what holds a pod back.
 */
final class Allowances {
    private final Budgets budgets;
    private final Map<String, Integer> left = new HashMap<>();

    Allowances(List<PodDisruptionBudget> read) {
        budgets = new Budgets(read);
        read.forEach(budget -> left.put(
                budget.getMetadata().getNamespace() + "/" + budget.getMetadata().getName(),
                Math.max(1, allowed(budget))));
    }

    /** Whether the pod is worth asking for; takes its place if so. */
    boolean take(Pod pod) {
        var covering = budgets.covering(pod);
        if (covering.size() != 1) {
            return true;
        }
        var budget = pod.getMetadata().getNamespace() + "/" + covering.getFirst();
        return left.merge(budget, -1, Integer::sum) >= 0;
    }

    private static int allowed(PodDisruptionBudget budget) {
        var status = budget.getStatus();
        return status == null ? 0 : Objects.requireNonNullElse(status.getDisruptionsAllowed(), 0);
    }
}
