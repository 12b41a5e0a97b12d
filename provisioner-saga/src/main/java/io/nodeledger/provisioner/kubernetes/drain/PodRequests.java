package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks of a node: the larger of its containers and sidecars together and of its largest init container, plus
 * overhead (source: drivers, "Allocation as the scheduler does").
 */
final class PodRequests {
    /** Resources that the scheduler compares. */
    static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

    private PodRequests() {}

    static BigDecimal of(PodSpec pod, String resource) {
        var sidecars = BigDecimal.ZERO;
        var largestInit = BigDecimal.ZERO;
        for (var init : pod.getInitContainers()) {
            if ("Always".equals(init.getRestartPolicy())) {
                sidecars = sidecars.add(requested(init, resource));
            } else {
                largestInit = largestInit.max(sidecars.add(requested(init, resource)));
            }
        }
        var together = pod.getContainers().stream()
                .map(container -> requested(container, resource))
                .reduce(sidecars, BigDecimal::add);
        return together.max(largestInit).add(amount(pod.getOverhead(), resource));
    }

    static BigDecimal amount(@Nullable Map<String, Quantity> amounts, String resource) {
        var amount = amounts == null ? null : amounts.get(resource);
        return amount == null ? BigDecimal.ZERO : amount.getNumericalAmount();
    }

    private static BigDecimal requested(Container container, String resource) {
        var resources = container.getResources();
        return resources == null ? BigDecimal.ZERO : amount(resources.getRequests(), resource);
    }
}
