package io.nodeledger.provisioner.kubernetes.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a pod asks of a node, as the scheduler counts it (source: Kubernetes' component-helpers, {@code PodRequests}): the
 * larger of its containers and sidecars together and of what each init container needs beside the sidecars that run
 * before it; where the pod as a whole asks, that instead; and its overhead. A container that was resized in place counts
 * with the larger of what it asks for and what it has.
 */
public final class PodRequests {
    /** Resources that the scheduler compares. */
    public static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

    private static final Set<String> ASKED_BY_WHOLE_PODS = Set.of("cpu", "memory");

    private PodRequests() {}

    /** The amount of a resource, in its own unit: cores or bytes. */
    public static BigDecimal of(Pod pod, String resource) {
        var spec = pod.getSpec();
        return ofTheWhole(spec.getResources(), resource)
                .orElseGet(() -> ofContainers(pod, resource))
                .add(amount(spec.getOverhead(), resource));
    }

    /** The amount in a list of Kubernetes; zero where it names none. */
    public static BigDecimal amount(@Nullable Map<String, Quantity> amounts, String resource) {
        var amount = amounts == null ? null : amounts.get(resource);
        return amount == null ? BigDecimal.ZERO : amount.getNumericalAmount();
    }

    private static Optional<BigDecimal> ofTheWhole(@Nullable ResourceRequirements pod, String resource) {
        var requests = pod == null ? null : pod.getRequests();
        return ASKED_BY_WHOLE_PODS.contains(resource) && requests != null && requests.containsKey(resource)
                ? Optional.of(amount(requests, resource))
                : Optional.empty();
    }

    private static BigDecimal ofContainers(Pod pod, String resource) {
        var sidecars = BigDecimal.ZERO;
        var mostWhileStarting = BigDecimal.ZERO;
        for (var init : pod.getSpec().getInitContainers()) {
            if ("Always".equals(init.getRestartPolicy())) {
                sidecars = sidecars.add(running(pod, init, resource));
            } else {
                mostWhileStarting = mostWhileStarting.max(sidecars.add(asked(init.getResources(), resource)));
            }
        }
        return pod.getSpec().getContainers().stream()
                .map(container -> running(pod, container, resource))
                .reduce(sidecars, BigDecimal::add)
                .max(mostWhileStarting);
    }

    private static BigDecimal running(Pod pod, Container container, String resource) {
        var asked = asked(container.getResources(), resource);
        var status = pod.getStatus();
        if (status == null) {
            return asked;
        }
        return statuses(status)
                .filter(one -> container.getName().equals(one.getName()) && one.getResources() != null)
                .findFirst()
                .map(one -> asked(one.getResources(), resource).max(amount(one.getAllocatedResources(), resource)))
                .map(has -> isImpossible(status) ? has : has.max(asked))
                .orElse(asked);
    }

    private static Stream<ContainerStatus> statuses(PodStatus status) {
        return Stream.concat(status.getContainerStatuses().stream(), status.getInitContainerStatuses().stream());
    }

    /** A resize that its node can never grant is not counted. */
    private static boolean isImpossible(PodStatus status) {
        return status.getConditions().stream()
                .anyMatch(condition ->
                        "PodResizePending".equals(condition.getType()) && "Infeasible".equals(condition.getReason()));
    }

    private static BigDecimal asked(@Nullable ResourceRequirements resources, String resource) {
        return resources == null ? BigDecimal.ZERO : amount(resources.getRequests(), resource);
    }
}
