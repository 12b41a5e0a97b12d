package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The disruption budgets that may hold pods back. */
public final class Budgets {
    private final List<PodDisruptionBudget> budgets;

    /** Those that were read. */
    public Budgets(List<PodDisruptionBudget> budgets) {
        this.budgets = budgets;
    }

    /** The budgets in these pods' namespaces. */
    public static Budgets around(KubernetesClient client, Collection<Pod> pods) {
        return new Budgets(pods.stream()
                .map(pod -> pod.getMetadata().getNamespace())
                .distinct()
                .flatMap(namespace ->
                        client.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems().stream())
                .toList());
    }

    /** Names of the budgets that cover the pod. */
    public List<String> covering(Pod pod) {
        var labels = Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of());
        return budgets.stream()
                .filter(budget -> budget.getMetadata()
                        .getNamespace()
                        .equals(pod.getMetadata().getNamespace()))
                .filter(budget -> budget.getSpec() != null
                        && Selectors.covers(budget.getSpec().getSelector(), labels))
                .map(budget -> budget.getMetadata().getName())
                .sorted()
                .toList();
    }
}
